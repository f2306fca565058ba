import type { Engine } from "../engine/engine.ts";
import type { QueryRequest } from "./query-request.ts";
import { accessDenied, badQueryRequest, noValidSubscriptions } from "./resource-graph-errors.ts";
import type { VisibleScopes } from "./visible-scopes.ts";

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * The subscriptions that a query is about, in lower case: those it names, those of its management groups, or all of the
 * tenant. One that the caller has no role in is passed over without a word, as Azure does.
 *
 * @throws ArmError 400 for ids that are none or where none is left, 403 for a management group that does not stand
 */
export function queryScope(engine: Engine, request: QueryRequest, visible: VisibleScopes): ReadonlySet<string> {
  const { subscriptions: named = [], managementGroups = [] } = request;
  const invalid = named.filter((id) => !guid.test(id));
  if (invalid.length > 0) {
    const message = `Subscriptions list contains invalid GUIDs: '${invalid.join(", ")}'.`;
    throw badQueryRequest("SubscriptionsContainInvalidGuids", message);
  }
  if (named.length > 0 && managementGroups.length > 0) {
    throw badQueryRequest("InvalidParameter", "Either subscriptions or managementGroups are given, not both.");
  }
  if (managementGroups.some((name) => name.toLowerCase() !== engine.tenantId)) throw accessDenied();
  const all = engine.subscriptions.all().map(({ subscriptionId }) => subscriptionId.toLowerCase());
  const wanted = new Set(named.map((id) => id.toLowerCase()));
  const asked = named.length === 0 ? all : all.filter((id) => wanted.has(id));
  const eligible = new Set(asked.filter((id) => visible.reaches(id)));
  if (eligible.size === 0) throw noValidSubscriptions(named);
  return eligible;
}
