import type { ResourceType } from "../domain/resource.ts";

/**
 * How long Azure usually takes to create one resource, in seconds: medians of public deployment logs where there are
 * such (network security group, virtual network, subnet, public IP), otherwise assumed.
 */
const seconds: Readonly<Record<ResourceType, number>> = {
  "Microsoft.Resources/resourceGroups": 1,
  "Microsoft.Authorization/roleDefinitions": 0,
  "Microsoft.Authorization/roleAssignments": 1,
  "Microsoft.Insights/diagnosticSettings": 1,
  "Microsoft.ManagedIdentity/userAssignedIdentities": 1,
  "Microsoft.Network/applicationSecurityGroups": 2,
  "Microsoft.Network/networkSecurityGroups": 3,
  "Microsoft.Network/routeTables": 4,
  "Microsoft.Network/publicIPAddresses": 4,
  "Microsoft.Network/natGateways": 6,
  "Microsoft.Network/virtualNetworks": 10,
  "Microsoft.Network/virtualNetworks/virtualNetworkPeerings": 11,
  "Microsoft.Network/loadBalancers": 5,
  "Microsoft.Network/networkInterfaces": 4,
  "Microsoft.Network/networkWatchers": 1,
  "Microsoft.Network/networkWatchers/flowLogs": 8,
  "Microsoft.Network/ipGroups": 20,
  "Microsoft.Network/firewallPolicies/ruleCollectionGroups": 120,
  "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies": 8,
  "Microsoft.Network/applicationGateways": 336,
  "Microsoft.Network/privateDnsZones/virtualNetworkLinks": 20,
  "Microsoft.Graph/conditionalAccessPolicies": 2,
  "Microsoft.Security/pricings": 2,
  "Microsoft.Security/securityContacts": 1,
  "Microsoft.Insights/activityLogAlerts": 1,
  "Microsoft.EventGrid/systemTopics": 10,
  "Microsoft.EventGrid/systemTopics/eventSubscriptions": 5,
};

/** Expected duration of a change in Azure, in seconds; nothing to do takes none. */
export function expectedSeconds(type: ResourceType, action: "create" | "update" | "delete" | "none"): number {
  return action === "none" ? 0 : seconds[type];
}
