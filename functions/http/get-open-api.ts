import { openapiDocument } from "./openapi/openapi-document.ts";
import { json, type Route } from "./route.ts";

/** `GET /api/openapi.json`: this API as OpenAPI 3.1, for everybody who may call any of it. */
export function getOpenApi(): Route {
  return {
    name: "getOpenApi",
    method: "GET",
    path: "openapi.json",
    roles: ["Read", "Request", "Operate", "Approve"],
    handle: async () => json(200, openapiDocument()),
  };
}
