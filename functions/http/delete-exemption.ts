import type { Composition } from "../composition.ts";
import { Problem } from "./problem.ts";
import type { Route } from "./route.ts";

/** `DELETE /api/exemptions/{id}`: what it kept is drift from now on; works for whatever amends a spoke. */
export function deleteExemption(compose: Composition): Route {
  return {
    name: "deleteExemption",
    method: "DELETE",
    path: "exemptions/{id}",
    roles: ["Operate"],
    handle: async ({ request }) => {
      const removed = await (await compose.amendments()).remove(request.params.id ?? "");
      if (!removed) throw new Problem(404, "There is no exemption of this id.");
      return { status: 204 };
    },
  };
}
