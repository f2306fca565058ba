import { ArmError } from "../arm-error.ts";
import { permissionsRoute } from "../authorization/permissions-route.ts";
import type { Engine } from "../engine/engine.ts";
import { tooManyRequests } from "../errors/request-errors.ts";
import { operationAnswer } from "../operations/operation-routes.ts";
import { resourceGraphRoutes } from "../resource-graph/resource-graph-routes.ts";
import { resourceGroupRoutes } from "../resource-groups/resource-group-routes.ts";
import { resourceListRoutes } from "../resource-groups/resource-list-routes.ts";
import { providerRoutes } from "../subscriptions/provider-routes.ts";
import { subscriptionRoutes } from "../subscriptions/subscription-routes.ts";
import { answerResourceCall } from "./answer-resource-call.ts";
import { answerRoute, demandSubscription } from "./answer-route.ts";
import type { Answer, ArmRequest } from "./arm-request.ts";
import { matchTemplate } from "./path-template.ts";
import { answerProviderOperation } from "./provider-operation.ts";
import type { Route } from "./route.ts";

const routes: readonly Route[] = [
  ...subscriptionRoutes,
  ...providerRoutes,
  ...resourceGroupRoutes,
  permissionsRoute,
  ...resourceListRoutes,
  ...resourceGraphRoutes,
];

/** Answers an authenticated call of Resource Manager, refusals and throttling headers included. */
export function answerArmRequest(engine: Engine, request: ArmRequest): Answer {
  engine.clock.tick();
  const [first, subscriptionId] = request.segments;
  const subscription = first?.toLowerCase() === "subscriptions" ? subscriptionId : undefined;
  const throttle = engine.throttle.take(subscription, request.caller.principalId, request.method);
  const answer = refusalsAsAnswers(() => {
    if (throttle.retryAfterSeconds !== undefined) {
      throw tooManyRequests(subscription ?? "", throttle.retryAfterSeconds);
    }
    if (subscription !== undefined) demandSubscription(engine, subscription);
    return dispatch(engine, request);
  });
  return { ...answer, headers: { ...throttle.headers, ...answer.headers } };
}

function dispatch(engine: Engine, request: ArmRequest): Answer {
  const followed = operationAnswer(engine, request);
  if (followed !== undefined) return followed;
  for (const route of routes) {
    if (route.method !== request.method) continue;
    const parameters = matchTemplate(route.path, request.segments);
    if (parameters !== undefined) return answerRoute(engine, request, route, parameters);
  }
  return answerProviderOperation(engine, request) ?? answerResourceCall(engine, request);
}

/** Turns a thrown refusal into its answer. */
export function refusalsAsAnswers(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ArmError)) throw error;
    const headers = { "x-ms-failure-cause": "gateway", ...error.headers };
    return { status: error.status, headers, body: error.body };
  }
}
