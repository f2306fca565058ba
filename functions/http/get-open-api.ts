import { json, type Route } from "./route.ts";

/** `GET /api/openapi.json`: this API as OpenAPI 3.1, for everybody who may call any of it. */
export function getOpenApi(): Route {
  return {
    name: "getOpenApi",
    method: "GET",
    path: "openapi.json",
    roles: ["Read", "Request", "Operate", "Approve"],
    handle: async () => {
      // Loaded here: few instances are ever asked, and making the document is much of what a start would load.
      const { openapiDocument } = await import("./openapi/openapi-document.ts");
      return json(200, openapiDocument());
    },
  };
}
