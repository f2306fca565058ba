import { seedIpamPool } from "../../../local/arm/seed/seed-addresses.ts";
import { seedHubs } from "../../../local/arm/seed/seed-hubs.ts";
import { kql } from "../../../shared/azure/kql.ts";
import type { AzurePorts, ResourcePort } from "../../../shared/azure/ports.ts";
import { networkManagementActions } from "../../../shared/domain/network-management-role.ts";
import type { DesiredResource, ResourceType } from "../../../shared/domain/resource.ts";
import { firstSubscription, platformSubscription } from "../arm/local-azure.ts";
import { desired, location } from "../azure/ports-under-test.ts";
import { machineInterface, type StageResource, spokeResources, stageIds } from "./spoke-of-every-type.ts";
import type { Surroundings } from "./surroundings.ts";

/** One call of a port, which can be repeated while everything stands. */
export type Chapter =
  /** Azure refuses it where a right is missing. */
  | { readonly kind: "refused"; run(): Promise<unknown> }
  /** Azure refuses nothing where the right is missing, and shows fewer rows. */
  | { readonly kind: "unseen"; rows(): Promise<number> };

export interface Stage {
  readonly ports: AzurePorts;
  readonly around: Surroundings;
  /** Blob endpoint of the flow logs' storage. */
  readonly blobEndpoint: string;
}

/** Names of roles as below, without what all begin with. */
const shortName = (roleName: string) => roleName.replace("Zero Trust Spokes ", "");

/** The resources for which the app holds a role. */
const resourcesOf: Readonly<Record<string, readonly StageResource[]>> = {
  Hub: ["hubPeering", "ipGroup", "firewallRules"],
  Logs: ["storageRole"],
  Publishing: ["vaultRole", "zoneLink"],
  Events: ["queueRole"],
};
const elsewhere = new Set(Object.values(resourcesOf).flat());
const inSubscription = (Object.keys(spokeResources) as StageResource[]).filter((name) => !elsewhere.has(name));

/** Rights that Azure asks for beside those on the resource itself, by what is written then. */
const linked: Readonly<Record<string, StageResource | "machineInterface">> = {
  "Microsoft.EventGrid/eventSubscriptions/write": "eventSubscription",
  "Microsoft.Insights/actionGroups/read": "alert",
  "Microsoft.Insights/dataCollectionEndpoints/delete": "flowLog",
  "Microsoft.Insights/dataCollectionEndpoints/read": "flowLog",
  "Microsoft.Insights/dataCollectionEndpoints/write": "flowLog",
  "Microsoft.Insights/dataCollectionRules/delete": "flowLog",
  "Microsoft.Insights/dataCollectionRules/read": "flowLog",
  "Microsoft.Insights/dataCollectionRules/write": "flowLog",
  "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action": "flowLog",
  "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies/join/action": "gateway",
  "Microsoft.Network/applicationGateways/backendAddressPools/join/action": "machineInterface",
  "Microsoft.Network/applicationSecurityGroups/joinIpConfiguration/action": "machineInterface",
  "Microsoft.Network/applicationSecurityGroups/joinNetworkSecurityRule/action": "nsg",
  "Microsoft.Network/ipGroups/join/action": "firewallRules",
  "Microsoft.Network/loadBalancers/backendAddressPools/join/action": "machineInterface",
  "Microsoft.Network/natGateways/join/action": "network",
  "Microsoft.Network/networkSecurityGroups/join/action": "network",
  "Microsoft.Network/networkWatchers/configureFlowLog/action": "flowLog",
  "Microsoft.Network/publicIPAddresses/join/action": "natGateway",
  "Microsoft.Network/routeTables/join/action": "network",
  "Microsoft.Network/virtualNetworks/join/action": "zoneLink",
  "Microsoft.Network/virtualNetworks/subnets/join/action": "balancer",
  "Microsoft.OperationalInsights/workspaces/read": "flowLog",
  "Microsoft.OperationalInsights/workspaces/sharedKeys/action": "activityLog",
  "Microsoft.Storage/storageAccounts/listAccountSas/action": "flowLog",
  "Microsoft.Storage/storageAccounts/listKeys/action": "activityLog",
  "Microsoft.Storage/storageAccounts/listServiceSas/action": "flowLog",
  "Microsoft.Storage/storageAccounts/write": "eventSubscription",
};
/** A peering asks for the right to peer on the other network. */
const peered: Readonly<Record<string, StageResource>> = { Hub: "peering", Provision: "hubPeering" };

/** Types that the app looks for in Resource Graph alone, where it holds the right to read them. */
const unseen: Readonly<Record<string, readonly string[]>> = {
  Hub: ["Microsoft.Network/virtualNetworks"],
  Logs: ["Microsoft.OperationsManagement/solutions"],
};

/** Of the spoke that stands. */
export const facts = {
  subscriptionId: firstSubscription,
  location,
  virtualNetworkId: stageIds.network,
  storageAccountId: stageIds.storageId,
  withSystemTopic: true,
};
/** Only verified; the platform's owner makes it. */
export const roleDefinition = desired(
  "Microsoft.Authorization/roleDefinitions",
  `/subscriptions/${firstSubscription}/providers/Microsoft.Authorization/roleDefinitions/5f1d9a3e-6c4b-4e0a-9b57-2d8c1e7f4a60`,
  {
    roleName: "Network Management",
    actions: networkManagementActions,
    notActions: [],
    dataActions: [],
    notDataActions: [],
  },
);

/** Not as it stands: what stands so already is not written. */
const otherPlan = desired("Microsoft.Security/pricings", spokeResources.plan.id, {
  pricingTier: "Standard",
  subPlan: "P1",
});

/** Calls of the ports beside those of resources. */
function further({ ports, around, blobEndpoint }: Stage): Readonly<Record<string, () => Promise<unknown>>> {
  const { policy, machine, adaptiveRule, staticCidr } = around;
  const pool = "Microsoft.Network/networkManagers/ipamPools";
  const adaptive = "Microsoft.Security/adaptiveNetworkHardenings";
  const justInTime = "Microsoft.Security/locations/jitNetworkAccessPolicies";
  const now = Date.parse("2026-11-20T00:00:00Z");
  return {
    [`${pool}/getPoolUsage/action`]: () => ports.ipamPools.usageOf(seedIpamPool.id),
    [`${pool}/staticCidrs/read`]: () => ports.ipamPools.reserve(staticCidr, "10.112.0.0/22", "orders"),
    [`${pool}/staticCidrs/write`]: () => ports.ipamPools.reserve(`${staticCidr}-b`, "10.112.4.0/22", "orders"),
    [`${pool}/staticCidrs/delete`]: () => ports.ipamPools.release(staticCidr),
    [`${adaptive}/enforce/action`]: () => ports.adaptiveNetworkHardening.enforce(machine.id, [adaptiveRule]),
    [`${justInTime}/write`]: () => ports.justInTime.write(policy),
    [`${justInTime}/delete`]: () => ports.justInTime.remove(policy.id),
    "Microsoft.Compute/virtualMachines/write": () => ports.justInTime.write(policy),
    "Microsoft.Security/pricings/write": () => ports.resources[otherPlan.type].write(otherPlan, null),
    "Microsoft.Network/networkInterfaces/write": () =>
      ports.resources[machineInterface.type].write(machineInterface, null),
    "*/read": () => ports.facts.observeSpokeFacts(facts),
    "Microsoft.Storage/storageAccounts/read": () => ports.facts.observeSpokeFacts(facts),
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read": () =>
      ports.flowLogBlobs.newest({ flowLogId: spokeResources.flowLog.id, blobEndpoint }, now),
  };
}

/** The port of a resource, for any type. */
export function portOf({ resources }: AzurePorts, { type }: DesiredResource): ResourcePort<ResourceType> {
  return resources[type] as ResourcePort<ResourceType>;
}

/** What the app does that needs the action of the role, or undefined where nothing is known that does. */
export function chapterOf(stage: Stage, roleName: string, action: string): Chapter | undefined {
  const role = shortName(roleName);
  const type = action.slice(0, action.lastIndexOf("/"));
  const verb = action.slice(type.length + 1);
  if (verb === "read" && unseen[role]?.includes(type)) return { kind: "unseen", rows: () => rowsOf(stage, role, type) };
  const run =
    further(stage)[action] ?? call(stage, writtenFor(role, action), "write") ?? call(stage, named(role, type), verb);
  return run === undefined ? undefined : { kind: "refused", run };
}

function writtenFor(role: string, action: string): DesiredResource | undefined {
  const name = action.endsWith("/virtualNetworks/peer/action") ? peered[role] : linked[action];
  return name === "machineInterface" ? machineInterface : name && spokeResources[name];
}

function named(role: string, type: string): DesiredResource | undefined {
  const wanted =
    type === "Microsoft.Resources/subscriptions/resourceGroups" ? "Microsoft.Resources/resourceGroups" : type;
  return (resourcesOf[role] ?? inSubscription).map((name) => spokeResources[name]).find((one) => one.type === wanted);
}

function call({ ports }: Stage, resource: DesiredResource | undefined, verb: string) {
  if (resource === undefined) return undefined;
  const port = portOf(ports, resource);
  switch (verb) {
    case "read":
      return () => port.observe(resource);
    case "write":
      return () => port.write(resource, null);
    case "delete":
      return () => port.remove(resource.id);
    default:
      return undefined;
  }
}

/** What the app sees in Resource Graph by a right that no refusal would name, whatever the files of the roles say. */
export function unseenRows(stage: Stage): readonly (readonly [type: string, rows: () => Promise<number>])[] {
  return Object.entries(unseen).flatMap(([role, types]) =>
    types.map((type) => [`${role}: ${type}`, () => rowsOf(stage, role, type)] as const),
  );
}

async function rowsOf({ ports }: Stage, role: string, type: string): Promise<number> {
  const hub = seedHubs[0]?.virtualNetworkId ?? "";
  const table = role === "Hub" ? kql`resources | where id =~ ${hub}` : kql`resources | where type =~ ${type}`;
  const page = { top: 100, skipToken: null };
  const { rows } = await ports.resourceGraph.query(kql`${table} | project id`, [platformSubscription], page);
  return rows.length;
}
