import type { Composition } from "../composition.ts";
import { json, type Route } from "./route.ts";

/** `GET /api/spokes`: every spoke with its status. */
export function listSpokes(compose: Composition): Route {
  return {
    name: "listSpokes",
    method: "GET",
    path: "spokes",
    roles: ["Read"],
    handle: async () => json(200, { value: await (await compose.spokes()).listRecords() }),
  };
}
