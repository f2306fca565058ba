import type { HttpRequest } from "@azure/functions";
import * as df from "durable-functions";
import type { Recommendation } from "../../shared/domain/recommendation.ts";
import { parseRecommendationAcceptance } from "../../shared/domain/recommendation-acceptance.ts";
import { isAtWork } from "../../shared/domain/spoke-record.ts";
import { carryOut } from "../../shared/reconcile/hardening/carry-out.ts";
import type { Composition } from "../composition.ts";
import { judgedRecommendation, recommendationStore } from "../recommendations.ts";
import { rerunSpoke } from "../rerun-spoke.ts";
import { atWork } from "./at-work.ts";
import { Problem, problemAt, violationsProblem } from "./problem.ts";
import { readJson } from "./read-json.ts";
import { json, type Route } from "./route.ts";

/**
 * `POST /api/recommendations/{id}/accept`: carries a recommendation out. A changed rule becomes an amendment of the spoke,
 * which is run again (202); a policy or Defender's own rules are written at once (200).
 */
export function acceptRecommendation(compose: Composition): Route {
  return {
    name: "acceptRecommendation",
    method: "POST",
    path: "recommendations/{id}/accept",
    roles: ["Operate"],
    inputs: [df.input.durableClient()],
    handle: async ({ request, caller, context }) => {
      const acceptance = parseRecommendationAcceptance(await optionalBody(request));
      if (!acceptance.ok) throw violationsProblem(acceptance.violations);
      const store = await recommendationStore(compose);
      const found = await store.find(request.params.id ?? "");
      if (found === null) throw new Problem(404, "There is no recommendation of this id.");
      const by = { objectId: caller.objectId, name: caller.name };
      if (isRepetition(found.recommendation, by.objectId)) return json(200, found.recommendation);
      const { hindrance, record } = await judgedRecommendation(compose, found.recommendation);
      if (hindrance !== null) throw problemAt(409, "It cannot be accepted.", "", hindrance.code, hindrance.message);
      if (record !== null && isAtWork(record.status)) throw atWork(record);
      const tools = { azure: await compose.azureForCallers(), amendments: await compose.amendments(), store };
      const decision = { by, at: compose.now(), ...acceptance.value, automatically: false };
      const { recommendation, run } = await carryOut(tools, found.listId, found.recommendation, decision);
      if (!run || record === null) return json(200, recommendation);
      await rerunSpoke(compose, df.getClient(context), record.name, by);
      return json(202, recommendation, { location: `/api/spokes/${record.name}` });
    },
  };
}

/** The same again by the same person, whose answer was lost. */
function isRepetition({ status, decision }: Recommendation, objectId: string): boolean {
  return status === "Accepted" && decision?.by.objectId === objectId;
}

/** A body may be left out: then there is nothing to say beside the acceptance itself. */
async function optionalBody(request: HttpRequest): Promise<unknown> {
  const length = request.headers.get("content-length");
  const isThere = length === null ? request.headers.get("transfer-encoding") !== null : Number(length) > 0;
  return isThere ? readJson(request) : {};
}
