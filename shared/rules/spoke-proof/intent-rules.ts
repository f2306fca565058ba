import type { FlowEnd, IntendedFlow } from "../intent/intended-flow.ts";
import { type AddressSet, anyAddress, parseAddressSet } from "../meaning/address-set.ts";
import type { Direction, MeaningRule } from "../meaning/meaning-rule.ts";
import { anyPort } from "../meaning/port-set.ts";
import { protocolIndex } from "../meaning/protocol.ts";
import type { RuleContext } from "../rule-context.ts";
import { prefixesAsIntervals, symbolOfGroup, without } from "./place.ts";

/** Intended flows as rules that allow; their order means nothing, and what they do not meet is not intended. */
export function intentRules(
  context: RuleContext,
  flows: readonly IntendedFlow[],
  direction: Direction,
): readonly MeaningRule[] {
  return flows.map((flow, priority) => ({
    name: flow.reason,
    priority,
    direction,
    access: "Allow",
    protocol: protocolIndex(flow.protocol, flow.reason),
    source: addressesOf(context, flow.from),
    sourcePorts: anyPort,
    destination: addressesOf(context, flow.to),
    destinationPorts: flow.ports,
  }));
}

function addressesOf(context: RuleContext, end: FlowEnd): AddressSet {
  switch (end.kind) {
    case "any":
      return anyAddress;
    case "tier":
      return { intervals: [], symbols: [symbolOfGroup(tierOf(context, end.tier).applicationSecurityGroupId)] };
    case "load-balancer":
      return { intervals: prefixesAsIntervals([tierOf(context, end.tier).loadBalancerAddress ?? ""]), symbols: [] };
    case "gateway":
      return { intervals: prefixesAsIntervals([context.gateway.addressPrefix]), symbols: [] };
    case "service-tag":
      return parseAddressSet([end.tag], [], "intent");
    case "addresses":
      return {
        intervals: without(prefixesAsIntervals(end.prefixes), prefixesAsIntervals(end.except)),
        symbols: [],
      };
  }
}

function tierOf(context: RuleContext, name: string): RuleContext["tiers"][number] {
  const tier = context.tiers.find((each) => each.name === name);
  if (tier === undefined)
    throw new RangeError(`an intended flow names the tier ${name}, which the spoke does not have`);
  return tier;
}
