import { spokeView } from "../../shared/spoke/spoke-view.ts";
import type { Composition } from "../composition.ts";
import { isSpokeName } from "./change-spoke.ts";
import { Problem } from "./problem.ts";
import { json, type Route } from "./route.ts";

/** `GET /api/spokes/{name}`: the spoke with the progress of its latest run. */
export function getSpoke(compose: Composition): Route {
  return {
    name: "getSpoke",
    method: "GET",
    path: "spokes/{name}",
    roles: ["Read"],
    handle: async ({ request }) => {
      const { name = "" } = request.params;
      const spokes = await compose.spokes();
      const stored = isSpokeName(name) ? await spokes.readRecord(name) : null;
      if (stored === null) throw new Problem(404, "There is no spoke of this name.");
      const { revision } = stored.value;
      const [plan, journal] = await Promise.all([spokes.readPlan(name, revision), spokes.readJournal(name, revision)]);
      return json(200, spokeView(stored.value, plan?.plan ?? null, journal), { etag: stored.etag });
    },
  };
}
