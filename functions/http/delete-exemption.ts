import * as df from "durable-functions";
import { isWatched } from "../../shared/domain/watched-types.ts";
import type { Composition } from "../composition.ts";
import { signalNetworkResource } from "../entities/signal-network-resource.ts";
import { Problem } from "./problem.ts";
import type { Route } from "./route.ts";

/**
 * `DELETE /api/exemptions/{id}`: what it kept is drift from now on, and is looked at at once where it is a network's; works
 * for whatever amends a spoke.
 */
export function deleteExemption(compose: Composition): Route {
  return {
    name: "deleteExemption",
    method: "DELETE",
    path: "exemptions/{id}",
    roles: ["Operate"],
    inputs: [df.input.durableClient()],
    handle: async ({ request, context }) => {
      const { id = "" } = request.params;
      const amendments = await compose.amendments();
      const resourceId = (await amendments.read(id))?.value.resourceId ?? null;
      if (!(await amendments.remove(id))) throw new Problem(404, "There is no exemption of this id.");
      if (resourceId !== null && isWatched(resourceId)) {
        await signalNetworkResource(df.getClient(context), "sweep", { resourceId });
      }
      return { status: 204 };
    },
  };
}
