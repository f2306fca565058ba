import type { Finding } from "../../domain/finding.ts";
import type { DesiredResource } from "../../domain/resource.ts";
import type { SpokeDesign } from "../spoke-design.ts";
import type { Step } from "./step.ts";

/** Step 3: a network security group for each subnet. Its rules are step 5's, so it serves both steps. */
export const networkSecurityGroups: Step = {
  number: 3,
  name: "Network security groups",
  resources: (design) => [
    networkSecurityGroup(design, design.names.gatewayNetworkSecurityGroup, design.rules.gateway),
    ...design.request.application.tiers.map((tier) =>
      networkSecurityGroup(
        design,
        design.names.networkSecurityGroup(tier.name),
        design.rules.tiers.get(tier.name) ?? [],
      ),
    ),
  ],
  findings: foreignSubnetsWithoutGroup,
};

function networkSecurityGroup(
  design: SpokeDesign,
  id: string,
  securityRules: DesiredResource<"Microsoft.Network/networkSecurityGroups">["body"]["securityRules"],
): DesiredResource {
  const groups = securityRules.flatMap((rule) => [
    ...rule.sourceApplicationSecurityGroupIds,
    ...rule.destinationApplicationSecurityGroupIds,
  ]);
  return {
    id,
    type: "Microsoft.Network/networkSecurityGroups",
    ownership: "owned",
    steps: [3, 5],
    dependsOn: [design.names.resourceGroup, ...new Set(groups)],
    body: { location: design.request.location, tags: design.tags, securityRules },
  };
}

/** Subnets that others added are left alone, but a subnet without an NSG is open to all of the network. */
function foreignSubnetsWithoutGroup(design: SpokeDesign): Finding[] {
  const own = new Set([...design.names.subnetNames(design.request.application.tiers), ...design.retiredSubnets]);
  return design.facts.subnets
    .filter((subnet) => !own.has(subnet.name) && subnet.networkSecurityGroupId === null)
    .map((subnet) => ({
      code: "ForeignSubnetWithoutNetworkSecurityGroup",
      severity: "high",
      message: `Subnet ${subnet.name} of the spoke's virtual network was made by others and has no network security group.`,
      resourceId: `${design.names.virtualNetwork}/subnets/${subnet.name}`,
      remedy: "Attach a network security group with deny-all rules to it, or remove the subnet.",
      step: 3,
    }));
}
