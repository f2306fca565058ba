import { exemptionView, isForgotten } from "../../shared/domain/exemption.ts";
import type { Composition } from "../composition.ts";
import { json, type Route } from "./route.ts";

/** `GET /api/exemptions[?spoke=]`: what somebody decided about spokes, those that expired within 30 days too. */
export function listExemptions(compose: Composition): Route {
  return {
    name: "listExemptions",
    method: "GET",
    path: "exemptions",
    roles: ["Operate"],
    handle: async ({ request }) => {
      const spoke = request.query.get("spoke");
      const now = compose.now();
      const all = await (await compose.amendments()).list();
      const asked = all.filter((one) => (spoke === null || one.spoke === spoke) && !isForgotten(one, now));
      return json(200, { value: asked.map((one) => exemptionView(one, now)) });
    },
  };
}
