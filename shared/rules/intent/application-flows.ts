import type { RuleContext, TierContext } from "../rule-context.ts";
import { type FlowEnd, type IntendedFlow, onePort, tierEnd } from "./intended-flow.ts";

/**
 * The application's own traffic (guidance, step 5, "Deploy application specific rules", flows 2 to 7, for any number of
 * tiers). Where a load balancer stands in between, the flow is meant under both readings of what an NSG sees: the
 * guidance's, with the load balancer's address, and Azure's documented one, from caller to machine (trap 1).
 */
export function applicationFlows(context: RuleContext): IntendedFlow[] {
  const { tiers, gateway } = context;
  return tiers.flatMap((tier, index) => {
    const before = tiers[index - 1];
    const fromBefore = before === undefined ? [] : toTier(tierEnd(before.name), before.name, tier);
    const fromGateway =
      index === 0 && gateway.publishes
        ? [served({ kind: "gateway" }, tierEnd(tier.name), tier, `Application Gateway to tier ${tier.name}`)]
        : [];
    return [...fromGateway, ...fromBefore, ...within(tier), ...context.flows.flatMap((flow) => extra(flow, tier))];
  });
}

type ExtraFlow = RuleContext["flows"][number];

/** A flow that the request names beside the chain, to this tier; through its load balancer where it asks its port. */
function extra(flow: ExtraFlow, tier: TierContext): IntendedFlow[] {
  if (flow.to !== tier.name) return [];
  const throughBalancer = flow.from !== flow.to && flow.port === tier.port && flow.protocol === "Tcp";
  if (throughBalancer) return toTier(tierEnd(flow.from), flow.from, tier);
  const reason = flow.description || `tier ${flow.from} to tier ${flow.to}`;
  return [
    { from: tierEnd(flow.from), to: tierEnd(tier.name), protocol: flow.protocol, ports: onePort(flow.port), reason },
  ];
}

function toTier(from: FlowEnd, name: string, tier: TierContext): IntendedFlow[] {
  const direct = served(from, tierEnd(tier.name), tier, `tier ${name} to tier ${tier.name}`);
  if (tier.loadBalancerAddress === null) return [direct];
  const balancer: FlowEnd = { kind: "load-balancer", tier: tier.name };
  return [served(from, balancer, tier, `tier ${name} to the load balancer of tier ${tier.name}`), direct];
}

function within(tier: TierContext): IntendedFlow[] {
  const machines = tierEnd(tier.name);
  const flows: IntendedFlow[] = [];
  if (tier.loadBalancerAddress !== null) {
    const balancer: FlowEnd = { kind: "load-balancer", tier: tier.name };
    const prober: FlowEnd = { kind: "service-tag", tag: "AzureLoadBalancer" };
    flows.push(served(balancer, machines, tier, `load balancer of tier ${tier.name} to its machines`));
    flows.push(served(prober, machines, tier, `health probe of tier ${tier.name}`));
  }
  if (tier.replicates) flows.push(served(machines, machines, tier, `machines of tier ${tier.name} among themselves`));
  return flows;
}

function served(from: FlowEnd, to: FlowEnd, tier: TierContext, reason: string): IntendedFlow {
  return { from, to, protocol: "Tcp", ports: onePort(tier.port), reason };
}
