import { multiFactorPolicyId } from "../domain/multi-factor-policy-name.ts";
import type { Hub, PlatformConfiguration } from "../domain/platform-configuration.ts";
import {
  childResourceId,
  parseResourceId,
  resourceGroupId,
  resourceId,
  resourceName,
  subscriptionScope,
} from "../domain/resource-id.ts";
import type { SpokeRequest, Tier } from "../domain/spoke-request.ts";
import { deterministicGuid } from "./deterministic-guid.ts";

/** ARM ids of everything that a spoke consists of (contract §4). */
export interface SpokeNames {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly virtualNetwork: string;
  readonly routeTable: string;
  readonly gatewayNetworkSecurityGroup: string;
  readonly natGateway: string;
  readonly natPublicIpAddress: string;
  readonly peeringToHub: string;
  readonly flowLog: string;
  readonly flowLogIdentity: string;
  readonly applicationGateway: string;
  readonly gatewayFirewallPolicy: string;
  readonly gatewayPublicIpAddress: string;
  readonly gatewayIdentity: string;
  readonly changeAlert: string;
  readonly networkWatcher: string;
  readonly networkWatcherResourceGroup: string;
  readonly diagnosticSetting: string;
  subnet(tier: string): string;
  subnetNames(tiers: readonly Tier[]): readonly string[];
  networkSecurityGroup(tier: string): string;
  applicationSecurityGroup(tier: string): string;
  loadBalancer(tier: string): string;
  loadBalancerBackendPool(tier: string): string;
  peeringFromHub(hub: Hub): string;
  multiFactorPolicy(applicationId: string): string;
  /** Assignment of a role on the spoke's resource group. */
  roleAssignment(roleDefinitionId: string, principalId: string): string;
  roleAssignmentFor(scope: string, roleDefinitionId: string, principal: string): string;
  /** The role definition as an assignment in the spoke's subscription names it. */
  inSubscription(roleDefinitionId: string): string;
  inSubscriptionOf(scope: string, roleDefinitionId: string): string;
}

/** The names of one spoke. `networkWatcherId` is the watcher that stands in the location, if one does. */
export function spokeNames(
  request: Pick<SpokeRequest, "name" | "subscriptionId" | "location">,
  configuration: PlatformConfiguration,
  networkWatcherId: string | null,
): SpokeNames {
  const { name, subscriptionId, location } = request;
  const subscription = subscriptionScope(subscriptionId);
  const resourceGroup = resourceGroupId(subscriptionId, `rg-${name}`);
  const network = (type: string, own: string) => resourceId(resourceGroup, `Microsoft.Network/${type}`, own);
  const virtualNetwork = network("virtualNetworks", `vnet-${name}`);
  const watcherGroup = resourceGroupId(subscriptionId, configuration.networkWatcher.resourceGroup);
  const networkWatcher =
    networkWatcherId ??
    resourceId(
      watcherGroup,
      "Microsoft.Network/networkWatchers",
      configuration.networkWatcher.namePattern.replace("{location}", location),
    );
  const roleAssignmentFor = (scope: string, roleDefinitionId: string, principal: string) =>
    resourceId(
      scope,
      "Microsoft.Authorization/roleAssignments",
      deterministicGuid(scope, resourceName(roleDefinitionId), principal),
    );
  const inSubscription = (id: string, roleDefinitionId: string) =>
    resourceId(subscriptionScope(id), "Microsoft.Authorization/roleDefinitions", resourceName(roleDefinitionId));
  return {
    subscription,
    resourceGroup,
    virtualNetwork,
    routeTable: network("routeTables", `rt-${name}`),
    gatewayNetworkSecurityGroup: network("networkSecurityGroups", `nsg-${name}-gateway`),
    natGateway: network("natGateways", `nat-${name}`),
    natPublicIpAddress: network("publicIPAddresses", `pip-${name}-nat`),
    peeringToHub: childResourceId(virtualNetwork, "virtualNetworkPeerings", `peer-${name}-to-hub`),
    flowLog: childResourceId(networkWatcher, "flowLogs", `fl-${name}`),
    flowLogIdentity: resourceId(
      resourceGroup,
      "Microsoft.ManagedIdentity/userAssignedIdentities",
      `id-${name}-flowlog`,
    ),
    applicationGateway: network("applicationGateways", `agw-${name}`),
    gatewayFirewallPolicy: network("ApplicationGatewayWebApplicationFirewallPolicies", `waf-${name}`),
    gatewayPublicIpAddress: network("publicIPAddresses", `pip-${name}-agw`),
    gatewayIdentity: resourceId(resourceGroup, "Microsoft.ManagedIdentity/userAssignedIdentities", `id-${name}-agw`),
    changeAlert: resourceId(resourceGroup, "Microsoft.Insights/activityLogAlerts", `alert-${name}-nsg`),
    networkWatcher,
    networkWatcherResourceGroup: watcherGroup,
    diagnosticSetting: resourceId(subscription, "Microsoft.Insights/diagnosticSettings", "zero-trust-activity"),
    subnet: (tier) => childResourceId(virtualNetwork, "subnets", `snet-${tier}`),
    subnetNames: (tiers) => [...tiers.map((tier) => `snet-${tier.name}`), "snet-gateway"],
    networkSecurityGroup: (tier) => network("networkSecurityGroups", `nsg-${name}-${tier}`),
    applicationSecurityGroup: (tier) => network("applicationSecurityGroups", `asg-${name}-${tier}`),
    loadBalancer: (tier) => network("loadBalancers", `lbi-${name}-${tier}`),
    loadBalancerBackendPool: (tier) =>
      childResourceId(network("loadBalancers", `lbi-${name}-${tier}`), "backendAddressPools", "backend"),
    peeringFromHub: (hub) => childResourceId(hub.virtualNetworkId, "virtualNetworkPeerings", `peer-hub-to-${name}`),
    multiFactorPolicy: (applicationId) => multiFactorPolicyId(name, subscriptionId, applicationId),
    roleAssignment: (roleDefinitionId, principalId) => roleAssignmentFor(resourceGroup, roleDefinitionId, principalId),
    roleAssignmentFor,
    inSubscription: (roleDefinitionId) => inSubscription(subscriptionId, roleDefinitionId),
    inSubscriptionOf: (scope, roleDefinitionId) =>
      inSubscription(parseResourceId(scope).subscriptionId ?? subscriptionId, roleDefinitionId),
  };
}
