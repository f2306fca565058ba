import { isSpokeName } from "../../shared/domain/spoke-name.ts";
import type { Composition } from "../composition.ts";
import { problemAt } from "./problem.ts";
import { json, type Route } from "./route.ts";

const usualCount = 100;
const mostAtOnce = 1000;

/** `GET /api/changes`: what others changed of networks, newest first; `?spoke=` of one spoke, `?limit=` so many. */
export function listChanges(compose: Composition): Route {
  return {
    name: "listChanges",
    method: "GET",
    path: "changes",
    roles: ["Read"],
    handle: async ({ request }) => {
      const limit = limitOf(request.query.get("limit"));
      const spoke = request.query.get("spoke");
      const changes = await compose.changes();
      if (spoke === null) return json(200, { value: await changes.list(limit) });
      if (!isSpokeName(spoke)) return json(200, { value: [] });
      return json(200, { value: await changes.first(limit, mostLookedThrough, (change) => change.spoke === spoke) });
    },
  };
}

/** Changes of one spoke are looked for among so many. */
const mostLookedThrough = 5000;

function limitOf(text: string | null): number {
  if (text === null) return usualCount;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= mostAtOnce) return limit;
  throw problemAt(400, "The limit is wrong.", "/limit", "out-of-range", `Must be a number from 1 to ${mostAtOnce}.`);
}
