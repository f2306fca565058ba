import { applicationSecurityGroupPort } from "./application-security-group.ts";
import type { AzureClients } from "./clients.ts";
import { diagnosticSettingPort } from "./diagnostic-setting.ts";
import { firewallPolicyRuleCollectionGroupPort } from "./firewall-policy-rule-collection-group.ts";
import { flowLogPort } from "./flow-log.ts";
import { ipGroupPort } from "./ip-group.ts";
import { loadBalancerPort } from "./load-balancer.ts";
import { natGatewayPort } from "./nat-gateway.ts";
import { networkInterfacePort } from "./network-interface.ts";
import { networkSecurityGroupPort } from "./network-security-group.ts";
import { networkWatcherPort } from "./network-watcher.ts";
import type { ResourcePorts } from "./ports.ts";
import { publicIpAddressPort } from "./public-ip-address.ts";
import { resourceGroupPort } from "./resource-group.ts";
import { roleAssignmentPort } from "./role-assignment.ts";
import { roleDefinitionPort } from "./role-definition.ts";
import { routeTablePort } from "./route-table.ts";
import { userAssignedIdentityPort } from "./user-assigned-identity.ts";
import { virtualNetworkPort } from "./virtual-network.ts";
import { virtualNetworkPeeringPort } from "./virtual-network-peering.ts";

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
  };
}
