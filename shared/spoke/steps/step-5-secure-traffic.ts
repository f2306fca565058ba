import type { DesiredResource, ResourceBodies } from "../../domain/resource.ts";
import { addressFindings } from "../address-findings.ts";
import { flowLogResources } from "../flow-log.ts";
import { hubFirewallResources } from "../hub-firewall.ts";
import { logStorageFindings } from "../log-storage-findings.ts";
import { natGateway } from "../nat-gateway.ts";
import { outboundFindings } from "../outbound-findings.ts";
import { routeTable } from "../route-table.ts";
import type { SpokeDesign } from "../spoke-design.ts";
import type { Step } from "./step.ts";

type SubnetBody = ResourceBodies["Microsoft.Network/virtualNetworks"]["subnets"][number];

/** Step 5: the network itself, its routes, its load balancers, its way out and its flow log. */
export const secureTraffic: Step = {
  number: 5,
  name: "Secure traffic within the virtual network",
  resources: (design) => [
    ...routeTable(design),
    ...natGateway(design),
    virtualNetwork(design),
    ...loadBalancers(design),
    ...hubFirewallResources(design),
    ...flowLogResources(design),
  ],
  findings: (design) => [...addressFindings(design), ...outboundFindings(design), ...logStorageFindings(design)],
};

/** One PUT carries the subnets with their NSGs and routes, instead of one operation for each (traps 17, 18). */
function virtualNetwork(design: SpokeDesign): DesiredResource {
  const { names, request } = design;
  const routes = routeTable(design).map((resource) => resource.id)[0] ?? null;
  const nat = natGateway(design).find((resource) => resource.type === "Microsoft.Network/natGateways")?.id ?? null;
  const subnet = (
    body: Pick<SubnetBody, "name" | "addressPrefix" | "networkSecurityGroupId">,
    leaves: boolean,
  ): SubnetBody => ({
    ...body,
    // The gateway subnet takes no default route to a firewall (trap 16) and needs no NAT gateway.
    routeTableId: leaves ? routes : null,
    natGatewayId: leaves ? nat : null,
    // Explicit, because the default of Azure changed between api-versions (trap 21).
    defaultOutboundAccess: false,
    // Without it a private endpoint in the subnet would be outside of NSG and routes (trap 20).
    privateEndpointNetworkPolicies: "Enabled",
  });
  const subnets = [
    ...request.application.tiers.map((tier) =>
      subnet(
        {
          name: `snet-${tier.name}`,
          addressPrefix: design.addresses.tier(tier.name).addressPrefix,
          networkSecurityGroupId: names.networkSecurityGroup(tier.name),
        },
        true,
      ),
    ),
    subnet(
      {
        name: "snet-gateway",
        addressPrefix: design.addresses.gatewayPrefix,
        networkSecurityGroupId: names.gatewayNetworkSecurityGroup,
      },
      false,
    ),
  ];
  return {
    id: names.virtualNetwork,
    type: "Microsoft.Network/virtualNetworks",
    ownership: "owned",
    steps: [3, 5],
    dependsOn: [
      names.resourceGroup,
      ...subnets.flatMap((entry) => entry.networkSecurityGroupId ?? []),
      ...(routes === null ? [] : [routes]),
      ...(nat === null ? [] : [nat]),
    ],
    body: {
      location: request.location,
      tags: design.tags,
      addressPrefixes: [design.addresses.spokePrefix],
      dnsServers: design.dnsServers,
      subnets,
    },
  };
}

function loadBalancers(design: SpokeDesign): DesiredResource[] {
  return design.request.application.tiers.flatMap((tier): DesiredResource[] => {
    if (!tier.loadBalanced) return [];
    return [
      {
        id: design.names.loadBalancer(tier.name),
        type: "Microsoft.Network/loadBalancers",
        ownership: "owned",
        steps: [5],
        dependsOn: [design.names.virtualNetwork],
        body: {
          location: design.request.location,
          tags: design.tags,
          subnetId: design.names.subnet(tier.name),
          privateIpAddress: design.addresses.tier(tier.name).loadBalancerAddress,
          port: tier.port,
        },
      },
    ];
  });
}
