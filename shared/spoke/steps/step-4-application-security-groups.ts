import type { Finding } from "../../domain/finding.ts";
import type { NetworkInterfaceFact } from "../../domain/platform-facts.ts";
import type { DesiredResource } from "../../domain/resource.ts";
import { sameResourceId } from "../../domain/resource-id.ts";
import type { Tier } from "../../domain/spoke-request.ts";
import type { SpokeDesign } from "../spoke-design.ts";
import type { Step } from "./step.ts";

/** Step 4: an application security group for each virtual machine role, and the machines of the role in it. */
export const applicationSecurityGroups: Step = {
  number: 4,
  name: "Application security groups",
  resources: (design) => [
    ...design.request.application.tiers.map(
      (tier): DesiredResource => ({
        id: design.names.applicationSecurityGroup(tier.name),
        type: "Microsoft.Network/applicationSecurityGroups",
        ownership: "owned",
        steps: [4],
        dependsOn: [design.names.resourceGroup],
        body: { location: design.request.location, tags: design.tags },
      }),
    ),
    ...standing(design)
      .filter(({ nic }) => nic.scaleSetId === null && nic.managedBy === null)
      .map(({ nic, tier }) => membership(design, nic, tier)),
  ],
  findings: (design) => standing(design).flatMap(({ nic, tier }) => outsideOfReach(design, nic, tier)),
};

/** Network interfaces that stand in a tier's subnet, with the tier. */
function standing(design: SpokeDesign): { nic: NetworkInterfaceFact; tier: Tier }[] {
  return design.request.application.tiers.flatMap((tier) =>
    design.facts.networkInterfaces
      .filter((nic) => nic.subnetIds.some((id) => sameResourceId(id, design.names.subnet(tier.name))))
      .map((nic) => ({ nic, tier })),
  );
}

/** A rule by ASG binds member interfaces only: an interface that joined none is silently cut off (trap 13). */
function membership(design: SpokeDesign, nic: NetworkInterfaceFact, tier: Tier): DesiredResource {
  const group = design.names.applicationSecurityGroup(tier.name);
  const pools = tier.loadBalanced ? [design.names.loadBalancerBackendPool(tier.name)] : [];
  return {
    id: nic.id,
    type: "Microsoft.Network/networkInterfaces",
    ownership: "membership",
    steps: [4],
    dependsOn: [group, ...(tier.loadBalanced ? [design.names.loadBalancer(tier.name)] : [])],
    body: {
      subnetId: design.names.subnet(tier.name),
      applicationSecurityGroupIds: [group],
      loadBalancerBackendPoolIds: pools,
    },
    retired: leftBehind(design, nic, [group, ...pools]),
  };
}

/** Groups and pools of this spoke that hold the interface and no longer shall; those of others are left alone. */
function leftBehind(design: SpokeDesign, nic: NetworkInterfaceFact, wanted: readonly string[]): string[] {
  const { names } = design;
  const everTier = [...design.request.application.tiers.map((tier) => tier.name), ...design.formerTiers];
  const own = everTier.flatMap((tier) => [names.applicationSecurityGroup(tier), names.loadBalancerBackendPool(tier)]);
  const within = (ids: readonly string[], id: string) => ids.some((other) => sameResourceId(id, other));
  return [...nic.applicationSecurityGroupIds, ...nic.loadBalancerBackendPoolIds].filter(
    (id) => within(own, id) && !within(wanted, id),
  );
}

function outsideOfReach(design: SpokeDesign, nic: NetworkInterfaceFact, tier: Tier): Finding[] {
  const group = design.names.applicationSecurityGroup(tier.name);
  if (nic.applicationSecurityGroupIds.some((id) => sameResourceId(id, group))) return [];
  if (nic.scaleSetId !== null) {
    return [
      {
        code: "ScaleSetOutsideApplicationSecurityGroup",
        severity: "high",
        message: `A scale set stands in tier ${tier.name}, and its machines are not in the tier's application security group: the rules cut them off.`,
        resourceId: nic.scaleSetId,
        remedy: `Name ${group} in the scale set's network profile and upgrade its instances.`,
        step: 4,
      },
    ];
  }
  if (nic.managedBy === null) return [];
  return [
    {
      code: "ManagedInterfaceInTierSubnet",
      severity: "medium",
      message: `An interface that ${nic.managedBy} manages stands in tier ${tier.name}; it can join no application security group here.`,
      resourceId: nic.id,
      remedy: "Move the service or private endpoint into a subnet of its own.",
      step: 4,
    },
  ];
}
