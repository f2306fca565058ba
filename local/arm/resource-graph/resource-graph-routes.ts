import { ArmError } from "../arm-error.ts";
import type { Engine } from "../engine/engine.ts";
import type { Answer } from "../requests/arm-request.ts";
import { jsonBody } from "../requests/request-body.ts";
import type { Route, RouteCall } from "../requests/route.ts";
import { answerQuery } from "./answer-query.ts";
import { rateLimiting } from "./resource-graph-errors.ts";

/** Azure Resource Graph: queries over what stands in local Azure. Everybody may ask; rows are shown by role assignments. */
export const resourceGraphRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/providers/Microsoft.ResourceGraph/resources",
    type: "Microsoft.ResourceGraph/resources",
    apiVersions: ["2021-03-01", "2022-10-01", "2024-04-01"],
    action: undefined,
    handle: answerWithinQuota,
  },
];

/** Every answer says what is left of the quota, refusals too. */
function answerWithinQuota(engine: Engine, { request }: RouteCall): Answer {
  const { principalId } = request.caller;
  request.noteAction("Microsoft.ResourceGraph/resources/read");
  const { headers, retryAfterSeconds } = engine.resourceGraph.quota.take(principalId);
  try {
    if (retryAfterSeconds !== undefined) throw rateLimiting(retryAfterSeconds);
    return { ...answerQuery(engine, principalId, jsonBody(request.text)), headers };
  } catch (error) {
    if (!(error instanceof ArmError)) throw error;
    const { status, code, message, details } = error;
    throw new ArmError(status, code, message, details, { ...headers, ...error.headers });
  }
}
