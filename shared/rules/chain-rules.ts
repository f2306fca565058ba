import type { TierContext } from "./rule-context.ts";
import { group, prefixes, type RuleDraft } from "./rule-draft.ts";
import { serviceLabel, tierLabel } from "./tier-names.ts";

const both = ["Inbound", "Outbound"] as const;

/** Rules of one flow, by the tier in whose NSG they stand. */
export interface PlacedRule {
  readonly tier: string;
  readonly draft: RuleDraft;
}

/**
 * Traffic of tier `from` to tier `to` on the port that `to` serves (guidance, step 5, rules 3 and 5).
 * With a load balancer the guidance's rules stand to the letter, and beside them the rule for what a load-balanced
 * packet really is: caller to backend machine (traps 1 and 3).
 */
export function tierToTier(from: TierContext, to: TierContext): PlacedRule[] {
  const placed: PlacedRule[] = [];
  const port = String(to.port);
  if (to.loadBalancerAddress !== null) {
    const balanced = (direction: "Inbound" | "Outbound"): RuleDraft => ({
      band: "application",
      name: `Allow-${tierLabel(from)}-Tier-to-${tierLabel(to)}-LB`,
      direction,
      access: "Allow",
      protocol: "Tcp",
      source: group(from.applicationSecurityGroupId),
      destination: prefixes(`${to.loadBalancerAddress}/32`),
      ports: [port],
      description: `Tier ${from.name} to the load balancer of tier ${to.name} on ${port}.`,
    });
    for (const direction of both) placed.push({ tier: from.name, draft: balanced(direction) });
    placed.push({ tier: to.name, draft: balanced("Inbound") });
  }
  const direct = (direction: "Inbound" | "Outbound"): RuleDraft => ({
    band: "application",
    name: `Allow-${tierLabel(from)}-Tier-to-${serviceLabel(to)}-VMs`,
    direction,
    access: "Allow",
    protocol: "Tcp",
    source: group(from.applicationSecurityGroupId),
    destination: group(to.applicationSecurityGroupId),
    ports: [port],
    description: `Tier ${from.name} to the machines of tier ${to.name} on ${port}, as the packet arrives.`,
  });
  placed.push({ tier: from.name, draft: direct("Outbound") }, { tier: to.name, draft: direct("Inbound") });
  return placed;
}

/** Rules inside one tier: its load balancer, its probe, its replicas (guidance, step 5, rules 4, 6, 7; trap 5). */
export function withinTier(tier: TierContext): PlacedRule[] {
  const service = serviceLabel(tier);
  const machines = group(tier.applicationSecurityGroupId);
  const port = String(tier.port);
  const placed: PlacedRule[] = [];
  const add = (draft: Omit<RuleDraft, "band" | "access" | "ports">) =>
    placed.push({ tier: tier.name, draft: { band: "application", access: "Allow", ports: [port], ...draft } });
  for (const direction of both) {
    if (tier.loadBalancerAddress !== null) {
      add({
        name: `Allow-${service}-LB-to-${service}-VMs`,
        direction,
        protocol: "Tcp",
        source: prefixes(`${tier.loadBalancerAddress}/32`),
        destination: machines,
        description: `Load balancer of tier ${tier.name} to its machines on ${port}.`,
      });
    }
    if (tier.replicates) {
      add({
        name: `Allow-${service}-VM-to-${service}-VM`,
        direction,
        protocol: "Tcp",
        source: machines,
        destination: machines,
        description: `Machines of tier ${tier.name} among themselves on ${port}.`,
      });
    }
  }
  if (tier.loadBalancerAddress !== null) {
    add({
      name: `Allow-Probe-to-${service}`,
      direction: "Inbound",
      protocol: "Tcp",
      source: prefixes("AzureLoadBalancer"),
      destination: machines,
      description: `Health probe of the load balancer of tier ${tier.name}; DenyAllInbound would stop it.`,
    });
  }
  return placed;
}
