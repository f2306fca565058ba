import {
  type Recommendation,
  recommendationSources,
  recommendationStatuses,
} from "../../shared/domain/recommendation.ts";
import { inOrder } from "../../shared/spoke/recommendations/in-order.ts";
import type { Composition } from "../composition.ts";
import { recommendationStore } from "../recommendations.ts";
import { problemAt } from "./problem.ts";
import { json, type Route } from "./route.ts";

/**
 * `GET /api/recommendations`: what would make networks harder, what brings the most first; `?spoke=`, `?source=`,
 * `?status=`, `?tactic=` and `?resourceGroup=` narrow it. `notes` tell of a source as a whole.
 */
export function listRecommendations(compose: Composition): Route {
  return {
    name: "listRecommendations",
    method: "GET",
    path: "recommendations",
    roles: ["Read"],
    handle: async ({ request: { query } }) => {
      const fits = filterOf(query);
      const lists = await (await recommendationStore(compose)).lists();
      const notes = new Map(lists.flatMap((list) => list.notes).map((note) => [`${note.code} ${note.message}`, note]));
      const value = inOrder(lists.flatMap(({ recommendations }) => recommendations).filter(fits));
      return json(200, { value, notes: [...notes.values()] });
    },
  };
}

/** @throws Problem 400 for a source or status that there is not. */
function filterOf(query: { get(name: string): string | null }): (recommendation: Recommendation) => boolean {
  const [spoke, tactic, group] = [query.get("spoke"), query.get("tactic"), query.get("resourceGroup")];
  const source = oneOf(query.get("source"), "source", recommendationSources);
  const status = oneOf(query.get("status"), "status", recommendationStatuses);
  return (one) =>
    (spoke === null || one.spoke === spoke) &&
    (source === null || one.source === source) &&
    (status === null || one.status === status) &&
    (tactic === null || one.tactics.some((own) => plain(own) === plain(tactic))) &&
    (group === null || one.resourceGroup === group.toLowerCase());
}

function oneOf<T extends string>(text: string | null, name: string, known: readonly T[]): T | null {
  if (text === null) return null;
  const found = known.find((one) => one.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  throw problemAt(400, `The ${name} is not known.`, `/${name}`, "not-allowed", `Must be one of ${known.join(", ")}.`);
}

/** MITRE writes "Initial Access", Defender also "InitialAccess". */
const plain = (tactic: string) => tactic.replaceAll(/[^A-Za-z]/g, "").toLowerCase();
