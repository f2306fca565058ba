import { isSpokeName } from "../../shared/domain/spoke-name.ts";
import type { Composition } from "../composition.ts";
import { standingFindings } from "../standing-findings.ts";
import { currentView } from "./current-view.ts";
import { Problem } from "./problem.ts";
import { json, type Route } from "./route.ts";

/** `GET /api/spokes/{name}`: the spoke with the progress of its latest run, and what timers have found since. */
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
      const [view, standing] = await Promise.all([
        currentView(compose, stored.value),
        standingFindings(compose, stored.value),
      ]);
      return json(200, { ...view, findings: [...view.findings, ...standing] }, { etag: stored.etag });
    },
  };
}
