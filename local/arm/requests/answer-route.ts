import { authorize } from "../authorization/authorize.ts";
import type { Engine } from "../engine/engine.ts";
import { subscriptionNotFound } from "../errors/not-found-errors.ts";
import { parseResourceId, type ResourceId } from "../resource-id.ts";
import { demandApiVersion } from "./api-version.ts";
import type { Answer, ArmRequest } from "./arm-request.ts";
import { canonicalId } from "./canonical-id.ts";
import type { Route } from "./route.ts";

/** Answers one of Resource Manager's own calls. */
export function answerRoute(
  engine: Engine,
  request: ArmRequest,
  route: Route,
  parameters: Readonly<Record<string, string>>,
): Answer {
  const apiVersion = demandApiVersion(request.query, route.type, route.apiVersions);
  const scope = pathScope(engine, request.segments);
  const action = route.action ?? registrationAction(request, parameters);
  if (action !== undefined) authorize(engine, request, scope.id, action);
  return route.handle(engine, { request, apiVersion, parameters, scope });
}

/** Registering a provider asks for the provider's own action. */
function registrationAction(request: ArmRequest, parameters: Readonly<Record<string, string>>): string | undefined {
  const { namespace } = parameters;
  if (request.method !== "POST" || namespace === undefined) return undefined;
  return `${namespace}/${request.segments.at(-1)}/action`;
}

/** The tenant, subscription or resource group that a path begins with. */
export function pathScope(engine: Engine, segments: readonly string[]): ResourceId {
  const [first, subscription, third, group] = segments;
  let path = "/";
  if (first?.toLowerCase() === "subscriptions" && subscription !== undefined) {
    path = `/subscriptions/${subscription}`;
    if (third?.toLowerCase() === "resourcegroups" && group !== undefined) path += `/resourceGroups/${group}`;
  }
  const scope = parseResourceId(path);
  if (scope === undefined) throw subscriptionNotFound(subscription ?? "");
  return canonicalId(engine, scope);
}

/**
 * Refuses a subscription that the tenant does not have.
 * @throws ArmError 404 SubscriptionNotFound
 */
export function demandSubscription(engine: Engine, subscriptionId: string): void {
  if (engine.subscriptions.get(subscriptionId) === undefined) throw subscriptionNotFound(subscriptionId);
}
