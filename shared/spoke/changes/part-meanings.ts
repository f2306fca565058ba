import type { ChangeMeaning } from "../../domain/network-change.ts";
import type { PropertyDifference } from "../../domain/plan.ts";
import type { ResourceType } from "../../domain/resource.ts";

type Severity = ChangeMeaning["severity"];
type Meaning = readonly [code: string, severity: Severity, words: string];

/** What it means when a resource that decides about a network is gone. */
const gone: Partial<Record<ResourceType, Meaning>> = {
  "Microsoft.Network/networkSecurityGroups": ["NetworkSecurityGroupDeleted", "critical", "The NSG was deleted"],
  "Microsoft.Network/virtualNetworks": ["VirtualNetworkDeleted", "critical", "The virtual network was deleted"],
  "Microsoft.Network/virtualNetworks/virtualNetworkPeerings": ["PeeringDeleted", "high", "The peering was deleted"],
  "Microsoft.Network/routeTables": ["RouteTableDeleted", "critical", "The route table was deleted"],
  "Microsoft.Network/networkWatchers/flowLogs": ["FlowLogDeleted", "high", "The flow log was deleted"],
};

/** By the last word of a pointer; what is listed under `null` is that of a value that is gone. */
const properties: Readonly<Record<string, Meaning>> = {
  networkSecurityGroupId: ["OtherNetworkSecurityGroup", "critical", "The subnet carries another NSG"],
  "networkSecurityGroupId null": [
    "NetworkSecurityGroupDetached",
    "critical",
    "The subnet carries no NSG: everything passes",
  ],
  routeTableId: ["OtherRouteTable", "high", "The subnet carries another route table"],
  "routeTableId null": ["RouteTableDetached", "critical", "The subnet's traffic no longer goes through the firewall"],
  natGatewayId: ["OtherNatGateway", "medium", "The subnet has another way out"],
  addressPrefix: ["AddressesDiffer", "high", "It has other addresses, on which the proof rests"],
  addressPrefixes: ["AddressesDiffer", "high", "The network has other addresses"],
  defaultOutboundAccess: ["DefaultOutboundAccess", "high", "Machines get out by themselves"],
  privateEndpointNetworkPolicies: [
    "PrivateEndpointsOutsidePolicies",
    "medium",
    "NSG and routes do not bind private endpoints",
  ],
  dnsServers: ["OtherNameServers", "medium", "Machines ask other name servers"],
  disableBgpRoutePropagation: ["RoutesPropagated", "high", "Routes of gateways may lead past the firewall"],
  applicationSecurityGroupIds: [
    "InterfaceOutsideGroup",
    "low",
    "The interface is not in the ASG of its tier, so that its rules do not reach it",
  ],
  loadBalancerBackendPoolIds: [
    "InterfaceOutsidePool",
    "low",
    "The interface is not in the load balancer's pool of its tier",
  ],
  peeringState: ["PeeringNotConnected", "high", "The peering is not connected"],
  enabled: ["FlowLogDisabled", "high", "The flow log does not log"],
  targetResourceId: ["FlowLogElsewhere", "high", "The flow log logs another network"],
  storageId: ["FlowLogStorageDiffers", "high", "The flow log writes to another account"],
  retentionDays: ["RetentionDiffers", "medium", "Logs are kept for another time"],
  "tags null": ["TagMissing", "medium", "A tag of the tool is gone"],
};

/** Routes lead to the firewall: another one leads past it. */
const route: Meaning = ["RouteDiffers", "critical", "Traffic takes another way than through the firewall"];

export function meaningOfGone(type: ResourceType): ChangeMeaning {
  const [code, severity, words] = gone[type] ?? ["ResourceDeleted", "high", "The resource was deleted"];
  return { code, severity, message: `${words}.` };
}

/** What single properties mean that stand otherwise; those that nothing is known of matter a little. */
export function meaningsOfDifferences(differences: readonly PropertyDifference[]): ChangeMeaning[] {
  return differences.map(({ pointer, observed }) => {
    const [, list = "", name = ""] = pointer.split("/");
    const property = pointer.split("/").at(-1) ?? "";
    const nothing = observed === null || observed === undefined;
    const key = list === "tags" ? "tags" : property;
    const missingSubnet: Meaning = ["SubnetMissing", "critical", "The subnet does not stand"];
    const known = nothing ? (properties[`${key} null`] ?? properties[key]) : properties[key];
    const other: Meaning = ["OtherwiseThanDesired", "medium", "It is otherwise than it shall be"];
    const isSubnet = list === "subnets" && pointer.split("/").length === 3;
    const [code, severity, words] = list === "routes" ? route : isSubnet && nothing ? missingSubnet : (known ?? other);
    const where = name === "" || name === property ? "" : ` (${name.replaceAll("~1", "/")})`;
    return { code, severity, message: `${words}${where}.` };
  });
}
