import { activityLogAlertPort } from "./activity-log-alert.ts";
import { applicationGatewayPort } from "./application-gateway.ts";
import { applicationSecurityGroupPort } from "./application-security-group.ts";
import type { AzureClients } from "./clients.ts";
import { defenderPlanPort } from "./defender-plan.ts";
import { diagnosticSettingPort } from "./diagnostic-setting.ts";
import { eventSubscriptionPort } from "./event-subscription.ts";
import { firewallPolicyRuleCollectionGroupPort } from "./firewall-policy-rule-collection-group.ts";
import { flowLogPort } from "./flow-log.ts";
import { ipGroupPort } from "./ip-group.ts";
import { loadBalancerPort } from "./load-balancer.ts";
import { multiFactorPolicyPort } from "./multi-factor-policy.ts";
import { natGatewayPort } from "./nat-gateway.ts";
import { networkInterfacePort } from "./network-interface.ts";
import { networkSecurityGroupPort } from "./network-security-group.ts";
import { networkWatcherPort } from "./network-watcher.ts";
import type { ResourcePorts } from "./ports.ts";
import { privateDnsVirtualNetworkLinkPort } from "./private-dns-virtual-network-link.ts";
import { publicIpAddressPort } from "./public-ip-address.ts";
import { resourceGroupPort } from "./resource-group.ts";
import { roleAssignmentPort } from "./role-assignment.ts";
import { roleDefinitionPort } from "./role-definition.ts";
import { routeTablePort } from "./route-table.ts";
import { securityContactPort } from "./security-contact.ts";
import { systemTopicPort } from "./system-topic.ts";
import { userAssignedIdentityPort } from "./user-assigned-identity.ts";
import { virtualNetworkPort } from "./virtual-network.ts";
import { virtualNetworkPeeringPort } from "./virtual-network-peering.ts";
import { webApplicationFirewallPolicyPort } from "./web-application-firewall-policy.ts";

/** One port for each resource type of the desired state. */
export function resourcePorts(clients: AzureClients): ResourcePorts {
  return {
    "Microsoft.Resources/resourceGroups": resourceGroupPort(clients),
    "Microsoft.Authorization/roleDefinitions": roleDefinitionPort(clients),
    "Microsoft.Authorization/roleAssignments": roleAssignmentPort(clients),
    "Microsoft.Insights/diagnosticSettings": diagnosticSettingPort(clients),
    "Microsoft.Network/applicationSecurityGroups": applicationSecurityGroupPort(clients),
    "Microsoft.Network/networkSecurityGroups": networkSecurityGroupPort(clients),
    "Microsoft.Network/routeTables": routeTablePort(clients),
    "Microsoft.Network/publicIPAddresses": publicIpAddressPort(clients),
    "Microsoft.Network/natGateways": natGatewayPort(clients),
    "Microsoft.Network/virtualNetworks": virtualNetworkPort(clients),
    "Microsoft.Network/virtualNetworks/virtualNetworkPeerings": virtualNetworkPeeringPort(clients),
    "Microsoft.Network/loadBalancers": loadBalancerPort(clients),
    "Microsoft.Network/networkInterfaces": networkInterfacePort(clients),
    "Microsoft.Network/networkWatchers": networkWatcherPort(clients),
    "Microsoft.ManagedIdentity/userAssignedIdentities": userAssignedIdentityPort(clients),
    "Microsoft.Network/networkWatchers/flowLogs": flowLogPort(clients),
    "Microsoft.Network/ipGroups": ipGroupPort(clients),
    "Microsoft.Network/firewallPolicies/ruleCollectionGroups": firewallPolicyRuleCollectionGroupPort(clients),
    "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies": webApplicationFirewallPolicyPort(clients),
    "Microsoft.Network/applicationGateways": applicationGatewayPort(clients),
    "Microsoft.Network/privateDnsZones/virtualNetworkLinks": privateDnsVirtualNetworkLinkPort(clients),
    "Microsoft.Graph/conditionalAccessPolicies": multiFactorPolicyPort(clients),
    "Microsoft.Security/pricings": defenderPlanPort(clients),
    "Microsoft.Security/securityContacts": securityContactPort(clients),
    "Microsoft.Insights/activityLogAlerts": activityLogAlertPort(clients),
    "Microsoft.EventGrid/systemTopics": systemTopicPort(clients),
    "Microsoft.EventGrid/systemTopics/eventSubscriptions": eventSubscriptionPort(clients),
  };
}
