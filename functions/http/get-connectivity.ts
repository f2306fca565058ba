import type { Composition } from "../composition.ts";
import { observedConnectivity } from "./observed-connectivity.ts";
import { json, type Route } from "./route.ts";

/** `GET /api/spokes/{name}/connectivity`: what its NSGs let pass as they stand, proven against the request. */
export function getConnectivity(compose: Composition): Route {
  return {
    name: "getConnectivity",
    method: "GET",
    path: "spokes/{name}/connectivity",
    roles: ["Read"],
    handle: async ({ request }) => {
      const { connectivity, observedAt } = await observedConnectivity(compose, request.params.name ?? "");
      const { name, ...told } = connectivity;
      return json(200, { name, observedAt, ...told });
    },
  };
}
