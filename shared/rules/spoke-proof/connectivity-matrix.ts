import type { FlowEnd, IntendedFlow, SubnetIntent } from "../intent/intended-flow.ts";
import { gatewaySubnet, intentOf } from "../intent/intent-of.ts";
import type { Direction } from "../meaning/meaning-rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { flowPassage } from "./flow-passage.ts";
import { placesOf } from "./place.ts";
import type { SubnetGroups } from "./prove-spoke.ts";

/** What the NSG at one end of a flow does with it. */
export interface FlowDecision {
  /** Tier name, or `gateway`. */
  readonly subnet: string;
  readonly direction: Direction;
  /** Null where the NSG is not known. */
  readonly passes: boolean | null;
  readonly rules: readonly string[];
}

export interface MatrixFlow {
  readonly flow: IntendedFlow;
  /** The subnet whose machines `any` of the flow's source means. */
  readonly subnet: string;
  /** End to end; null where that hangs on an NSG that is not known. */
  readonly passes: boolean | null;
  /** At the source and then at the destination, as far as these lie in the spoke. */
  readonly decisions: readonly FlowDecision[];
}

/**
 * Every intended flow once, and what the NSGs at its ends do with it: into the gateway, into each tier in the order of
 * the traffic, then out of the tiers and out of the gateway. A subnet that `groups` lacks is not known.
 * Throws RefusedError `RulesTooComplex`.
 */
export function connectivityMatrix(context: RuleContext, groups: SubnetGroups): MatrixFlow[] {
  const places = placesOf(context);
  const decide = (flow: IntendedFlow, subnet: string | null, direction: Direction): FlowDecision[] => {
    if (subnet === null) return [];
    const group = groups.get(subnet);
    if (group === undefined) return [{ subnet, direction, passes: null, rules: [] }];
    return [{ subnet, direction, ...flowPassage(context, places, flow, { subnet, group, direction }) }];
  };
  return flowsInOrder(intentOf(context)).map(({ flow, subnet }) => {
    const decisions = [
      ...decide(flow, subnetOf(flow.from, subnet), "Outbound"),
      ...decide(flow, subnetOf(flow.to, subnet), "Inbound"),
    ];
    return { flow, subnet, decisions, passes: endToEnd(decisions) };
  });
}

function flowsInOrder(intents: readonly SubnetIntent[]): { flow: IntendedFlow; subnet: string }[] {
  const gatewayFirst = intents.toSorted((a, b) => rankOf(a) - rankOf(b));
  const known = new Set<IntendedFlow>();
  const all = [
    ...gatewayFirst.flatMap(({ subnet, Inbound }) => Inbound.map((flow) => ({ flow, subnet }))),
    ...intents.flatMap(({ subnet, Outbound }) => Outbound.map((flow) => ({ flow, subnet }))),
  ];
  // A flow inside the spoke stands in the intent of both its ends.
  return all.filter(({ flow }) => !known.has(flow) && known.add(flow));
}

function rankOf({ subnet }: SubnetIntent): number {
  return subnet === gatewaySubnet ? 0 : 1;
}

function subnetOf(end: FlowEnd, own: string): string | null {
  switch (end.kind) {
    case "tier":
    case "load-balancer":
      return end.tier;
    case "gateway":
      return gatewaySubnet;
    case "any":
      return own;
    case "addresses":
    case "service-tag":
      return null;
  }
}

function endToEnd(decisions: readonly FlowDecision[]): boolean | null {
  if (decisions.some(({ passes }) => passes === false)) return false;
  return decisions.some(({ passes }) => passes === null) ? null : true;
}
