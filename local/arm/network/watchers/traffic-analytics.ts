import type { JsonObject } from "../../json.ts";
import type { Resource } from "../../resource.ts";
import type { WriteContext } from "../../world.ts";
import { flagOf, integerOf, objectOf, textOf } from "../json-value.ts";
import { badRequest, invalidMember, missingMember } from "../refusals.ts";
import { requireKnownMembers } from "../stored-body.ts";

const MEMBER = "networkWatcherFlowAnalyticsConfiguration";
const PATH = `properties.flowAnalyticsConfiguration.${MEMBER}`;

/** What traffic analytics reads of the subscription to name addresses in flows. */
const TOPOLOGY = [
  "Microsoft.Compute/virtualMachineScaleSets",
  "Microsoft.Compute/virtualMachines",
  "Microsoft.Network/applicationGateways",
  "Microsoft.Network/connections",
  "Microsoft.Network/expressRouteCircuits",
  "Microsoft.Network/loadBalancers",
  "Microsoft.Network/localNetworkGateways",
  "Microsoft.Network/networkInterfaces",
  "Microsoft.Network/networkSecurityGroups",
  "Microsoft.Network/publicIPAddresses",
  "Microsoft.Network/routeTables",
  "Microsoft.Network/virtualNetworkGateways",
  "Microsoft.Network/virtualNetworks",
];
/** What it makes beside the workspace for logs of virtual networks. */
const COLLECTION = ["dataCollectionRules", "dataCollectionEndpoints"];

/**
 * The traffic analytics of a flow log. Its Log Analytics workspace must stand, and the caller must be allowed to take
 * its keys ("Traffic analytics", prerequisites), and more where it is enabled.
 */
export function readTrafficAnalytics(context: WriteContext, given: unknown): JsonObject {
  const outer = objectOf(given, "properties.flowAnalyticsConfiguration");
  requireKnownMembers(outer, "properties.flowAnalyticsConfiguration", { modelled: [MEMBER] });
  const analytics = objectOf(outer[MEMBER], PATH);
  requireKnownMembers(analytics, PATH, {
    modelled: ["enabled", "workspaceId", "workspaceRegion", "workspaceResourceId", "trafficAnalyticsInterval"],
  });
  if (outer[MEMBER] === undefined) return {};
  const enabled = flagOf(analytics.enabled, `${PATH}.enabled`, false);
  const trafficAnalyticsInterval = integerOf(
    analytics.trafficAnalyticsInterval,
    `${PATH}.trafficAnalyticsInterval`,
    60,
  );
  if (trafficAnalyticsInterval !== 10 && trafficAnalyticsInterval !== 60) {
    throw invalidMember(trafficAnalyticsInterval, `${PATH}.trafficAnalyticsInterval`, "10, 60");
  }
  const workspaceResourceId = textOf(analytics.workspaceResourceId, `${PATH}.workspaceResourceId`);
  if (workspaceResourceId === undefined) {
    if (enabled) throw missingMember(`${PATH}.workspaceResourceId`, context.id.id);
    return { [MEMBER]: { enabled, trafficAnalyticsInterval } };
  }
  const workspace = context.reference(workspaceResourceId, {
    type: "Microsoft.OperationalInsights/workspaces",
    joinAction: "sharedKeys",
  });
  if (enabled) requireAnalyticsActions(context, workspace);
  const customerId = workspace.body.properties.customerId;
  const workspaceId = textOf(analytics.workspaceId, `${PATH}.workspaceId`) ?? customerId;
  const workspaceRegion = textOf(analytics.workspaceRegion, `${PATH}.workspaceRegion`) ?? workspace.body.location;
  if (workspaceId !== customerId || workspaceRegion !== workspace.body.location) {
    throw badRequest(
      "InvalidWorkspace",
      `Workspace ${workspaceResourceId} has neither ID ${String(workspaceId)} nor region ${workspaceRegion}.`,
    );
  }
  return {
    [MEMBER]: { enabled, workspaceId, workspaceRegion, workspaceResourceId: workspace.id, trafficAnalyticsInterval },
  };
}

/** "Azure RBAC permissions required to use Network Watcher", section "Traffic analytics". */
function requireAnalyticsActions(context: WriteContext, workspace: Resource): void {
  const subscription = `/subscriptions/${context.id.subscriptionId}`;
  for (const type of TOPOLOGY) context.requireAction(subscription, `${type}/read`);
  context.requireAction(workspace.id, "Microsoft.OperationalInsights/workspaces/read");
  const group = workspace.id.slice(0, workspace.id.indexOf("/providers/"));
  for (const type of COLLECTION) {
    for (const verb of ["read", "write", "delete"]) context.requireAction(group, `Microsoft.Insights/${type}/${verb}`);
  }
}
