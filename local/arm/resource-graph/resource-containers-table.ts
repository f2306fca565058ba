import { resourceGroup } from "../resource-groups/resource-group.ts";
import { relationOf } from "./relation-of.ts";
import { visibleOf } from "./resources-table.ts";
import type { Table } from "./table.ts";

/** `resourcecontainers`: the root management group, subscriptions and resource groups. */
export const resourceContainersTable: Table = (context) => {
  const { engine, visible, subscriptions, wholeTenant } = context;
  const root = rootGroup(engine.tenantId);
  const ofTenant =
    wholeTenant && visible.mayRead(root.id, "Microsoft.Management/managementGroups")
      ? [{ key: root.id.toLowerCase(), document: root }]
      : [];
  const ofSubscriptions = engine.subscriptions
    .all()
    .filter(({ subscriptionId }) => subscriptions.has(subscriptionId.toLowerCase()))
    .map(({ subscriptionId, displayName }) => ({ id: `/subscriptions/${subscriptionId}`, subscriptionId, displayName }))
    .filter(({ id }) => visible.mayRead(id, "Microsoft.Resources/subscriptions"))
    .map(({ id, subscriptionId, displayName }) => ({
      key: id,
      document: {
        id,
        name: displayName,
        type: "microsoft.resources/subscriptions",
        subscriptionId,
        properties: {
          state: "Enabled",
          managedByTenants: [],
          managementGroupAncestorsChain: [{ name: engine.tenantId, displayName: "Tenant Root Group" }],
          subscriptionPolicies: {
            locationPlacementId: "Public_2014-09-01",
            quotaId: "EnterpriseAgreement_2014-09-01",
            spendingLimit: "Off",
          },
        },
      },
    }));
  const ofGroups = visibleOf(context, resourceGroup).map(
    ({ key, resource: { id, name, body, provisioningState } }) => ({
      key,
      document: {
        id,
        name,
        type: resourceGroup.type.toLowerCase(),
        location: body.location,
        resourceGroup: name.toLowerCase(),
        subscriptionId: id.split("/")[2],
        tags: body.tags,
        properties: { provisioningState },
      },
    }),
  );
  const rows = [...ofTenant, ...ofSubscriptions, ...ofGroups].sort((a, b) => (a.key < b.key ? -1 : 1));
  return relationOf(
    engine,
    rows.map(({ document }) => document),
  );
};

/** The one management group that local Azure has. */
function rootGroup(tenantId: string) {
  return {
    id: `/providers/Microsoft.Management/managementGroups/${tenantId}`,
    name: tenantId,
    type: "microsoft.management/managementgroups",
    properties: { tenantId, displayName: "Tenant Root Group", details: { managementGroupAncestorsChain: [] } },
  };
}
