import type { Engine } from "../engine/engine.ts";
import { canonicalLocation, locations } from "../locations.ts";
import type { Route } from "../requests/route.ts";
import { resourceManagerApiVersions as apiVersions } from "../resource-manager-api-versions.ts";
import { page } from "../verbs/page.ts";
import type { Subscription } from "./subscription-store.ts";

const read = "Microsoft.Resources/subscriptions/read";
const type = "subscriptions";

/** Tenants, subscriptions and their regions. */
export const subscriptionRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/tenants",
    type: "tenants",
    apiVersions,
    action: undefined,
    handle: ({ tenantId }) => ({
      status: 200,
      body: { value: [{ id: `/tenants/${tenantId}`, tenantId, displayName: "Contoso", tenantCategory: "Home" }] },
    }),
  },
  {
    method: "GET",
    path: "/subscriptions",
    type,
    apiVersions,
    action: undefined,
    handle: (engine, { request }) => {
      const seen = engine.subscriptions
        .all()
        .filter(({ subscriptionId }) => maySee(engine, request.caller.principalId, subscriptionId));
      return page(
        engine.baseUrl,
        request,
        seen,
        (each) => each.subscriptionId,
        (each) => shown(engine, each),
        1000,
      );
    },
  },
  {
    method: "GET",
    path: "/subscriptions/{subscriptionId}",
    type,
    apiVersions,
    action: read,
    handle: (engine, { parameters }) => {
      const subscription = engine.subscriptions.get(parameters.subscriptionId ?? "");
      return { status: 200, body: subscription && shown(engine, subscription) };
    },
  },
  {
    method: "GET",
    path: "/subscriptions/{subscriptionId}/locations",
    type: "locations",
    apiVersions,
    action: "Microsoft.Resources/subscriptions/locations/read",
    handle: (_engine, { scope }) => ({
      status: 200,
      body: {
        value: locations.map((name) => ({
          id: `${scope.id}/locations/${name}`,
          name: canonicalLocation(name),
          type: "Region",
          displayName: name,
          regionalDisplayName: name,
        })),
      },
    }),
  },
];

/** A caller sees a subscription in which any of its role assignments lets it read. */
function maySee(engine: Engine, principalId: string, subscriptionId: string): boolean {
  const scope = `/subscriptions/${subscriptionId}`;
  if (engine.access.grants(principalId, scope, read).length > 0) return true;
  return engine.resources
    .list("Microsoft.Resources/subscriptions/resourceGroups", scope)
    .some(
      ({ id }) =>
        engine.access.grants(principalId, id, "Microsoft.Resources/subscriptions/resourceGroups/read").length > 0,
    );
}

function shown({ tenantId }: Engine, { subscriptionId, displayName }: Subscription): Record<string, unknown> {
  return {
    id: `/subscriptions/${subscriptionId}`,
    authorizationSource: "RoleBased",
    managedByTenants: [],
    subscriptionId,
    tenantId,
    displayName,
    state: "Enabled",
    subscriptionPolicies: {
      locationPlacementId: "Public_2014-09-01",
      quotaId: "EnterpriseAgreement_2014-09-01",
      spendingLimit: "Off",
    },
  };
}
