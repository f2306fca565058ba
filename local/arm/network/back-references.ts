import type { Resource } from "../resource.ts";
import type { World } from "../world.ts";

/** A reference as Azure writes it. */
export type SubResource = { readonly id: string };

/** The resources of a type that name `id`, as references; `undefined` where there is none, as Azure omits the member. */
export function backReferences(world: World, id: string, type: string): SubResource[] | undefined {
  const found = world.referencesTo(id, type).map((resource) => ({ id: resource.id }));
  return found.length > 0 ? found : undefined;
}

/** The network interfaces that name `id`: those of their own and those of the machines of a scale set. */
export function interfacesNaming(world: World, id: string): Resource[] {
  return world.referencesTo(id).filter(({ type }) => type.endsWith("/networkInterfaces"));
}

/** Resource types by their Azure names, where one file refers to another's type. */
export const networkTypes = {
  applicationGateway: "Microsoft.Network/applicationGateways",
  applicationSecurityGroup: "Microsoft.Network/applicationSecurityGroups",
  azureFirewall: "Microsoft.Network/azureFirewalls",
  backendAddressPool: "Microsoft.Network/loadBalancers/backendAddressPools",
  firewallPolicy: "Microsoft.Network/firewallPolicies",
  flowLog: "Microsoft.Network/networkWatchers/flowLogs",
  ipGroup: "Microsoft.Network/ipGroups",
  ipamPool: "Microsoft.Network/networkManagers/ipamPools",
  loadBalancer: "Microsoft.Network/loadBalancers",
  natGateway: "Microsoft.Network/natGateways",
  networkManager: "Microsoft.Network/networkManagers",
  networkInterface: "Microsoft.Network/networkInterfaces",
  networkSecurityGroup: "Microsoft.Network/networkSecurityGroups",
  networkWatcher: "Microsoft.Network/networkWatchers",
  peering: "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
  publicIPAddress: "Microsoft.Network/publicIPAddresses",
  routeTable: "Microsoft.Network/routeTables",
  ruleCollectionGroup: "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
  securityRule: "Microsoft.Network/networkSecurityGroups/securityRules",
  staticCidr: "Microsoft.Network/networkManagers/ipamPools/staticCidrs",
  subnet: "Microsoft.Network/virtualNetworks/subnets",
  virtualNetwork: "Microsoft.Network/virtualNetworks",
  virtualNetworkGateway: "Microsoft.Network/virtualNetworkGateways",
} as const;
