import type { AddressSet } from "../../rules/meaning/address-set.ts";
import { sameIntervals } from "../../rules/meaning/interval-set.ts";
import type { MeaningRule } from "../../rules/meaning/meaning-rule.ts";
import { anyPort } from "../../rules/meaning/port-set.ts";
import type { Membership } from "../../rules/spoke-proof/place.ts";
import { type FlowEnd, heldBy } from "./flow-end.ts";
import type { SeenFlow } from "./seen-flow.ts";
import type { SpokeAddresses } from "./spoke-addresses.ts";

type Side = "source" | "destination";

/** What is known of the ends of one flow beyond their addresses: `source tag:storage` to whether it belongs. */
export type Learned = ReadonlyMap<string, boolean>;

export const nothingLearned: Learned = new Map();

/** How the network security group of a subnet sees a flow. */
export interface Sight {
  readonly addresses: SpokeAddresses;
  /** Tier name, or `gateway`. */
  readonly subnet: string;
}

/** The rules of one direction that may decide on a flow, in order; only the last certainly meets it. */
export function possibleDeciders(
  rules: readonly MeaningRule[],
  flow: SeenFlow,
  sight: Sight,
  learned: Learned = nothingLearned,
): readonly MeaningRule[] {
  const possible: MeaningRule[] = [];
  for (const rule of rules) {
    const met = meets(rule, flow, sight, learned);
    if (met === "out") continue;
    possible.push(rule);
    if (met === "in") break;
  }
  return possible;
}

/** The one of them that the log names, where it does: then it was the one. */
export function namedDecider(possible: readonly MeaningRule[], flow: SeenFlow): MeaningRule | null {
  const name = flow.observed.rule.replace(/^(UserRule|DefaultRule)_/i, "").toLowerCase();
  return possible.find((rule) => rule.name.toLowerCase() === name) ?? null;
}

/**
 * What the log tells of service tags and groups whose members are not known: the rule that it names met the flow, and
 * those before it did not. Only where a single membership can be the cause.
 */
export function learnedFrom(rules: readonly MeaningRule[], flow: SeenFlow, sight: Sight): Learned {
  const possible = possibleDeciders(rules, flow, sight);
  const named = namedDecider(possible, flow);
  if (named === null) return nothingLearned;
  const learned = new Map<string, boolean>();
  for (const rule of possible.slice(0, possible.indexOf(named) + 1)) {
    for (const symbol of toldBy(doubtsOf(rule, flow, sight), rule === named)) learned.set(symbol, rule === named);
  }
  return learned;
}

type Doubts = readonly (readonly [Side, readonly string[]])[];

/** Met, each side holds its end by the one symbol that may; not met, the one side that may not does so by none of its. */
function toldBy(doubts: Doubts | null, met: boolean): string[] {
  if (doubts === null) return [];
  const telling = met ? doubts.filter(([, symbols]) => symbols.length === 1) : doubts.length === 1 ? doubts : [];
  return telling.flatMap(([side, symbols]) => symbols.map((symbol) => `${side} ${symbol}`));
}

/** Symbols of each side on which alone it hangs whether the rule meets the flow; null where more is not known. */
function doubtsOf(rule: MeaningRule, flow: SeenFlow, sight: Sight): Doubts | null {
  if (meetsPorts(rule, flow) !== "in") return null;
  const doubts: (readonly [Side, readonly string[]])[] = [];
  for (const side of ["source", "destination"] as const) {
    if (meetsSide(rule[side], flow[side], side, sight, nothingLearned) === "in") continue;
    if (heldBy(rule[side].intervals, flow[side]) !== "out") return null;
    const symbols = rule[side].symbols.filter((symbol) => memberOf(flow[side], symbol, sight) === "maybe");
    doubts.push([side, symbols]);
  }
  return doubts;
}

function meets(rule: MeaningRule, flow: SeenFlow, sight: Sight, learned: Learned): Membership {
  const ports = meetsPorts(rule, flow);
  if (ports === "out") return "out";
  const source = meetsSide(rule.source, flow.source, "source", sight, learned);
  if (source === "out") return "out";
  return all(ports, source, meetsSide(rule.destination, flow.destination, "destination", sight, learned));
}

/** Protocol and ports; flow logs are reduced without source ports. */
function meetsPorts(rule: MeaningRule, { protocol, firstPort, lastPort }: SeenFlow): Membership {
  if (rule.protocol !== null && rule.protocol !== protocol) return "out";
  const port = heldBy(rule.destinationPorts, { first: firstPort, last: lastPort });
  return all(port, sameIntervals(rule.sourcePorts, anyPort) ? "in" : "maybe");
}

function meetsSide(set: AddressSet, end: FlowEnd, side: Side, sight: Sight, learned: Learned): Membership {
  let met = heldBy(set.intervals, end);
  for (const symbol of set.symbols) {
    if (met === "in") break;
    const told = learned.get(`${side} ${symbol}`);
    const member = told === undefined ? memberOf(end, symbol, sight) : told ? "in" : "out";
    if (member !== "out") met = member;
  }
  return met;
}

function memberOf(end: FlowEnd, symbol: string, { addresses, subnet }: Sight): Membership {
  return addresses.membership(end, symbol, subnet);
}

function all(...parts: readonly Membership[]): Membership {
  if (parts.includes("out")) return "out";
  return parts.includes("maybe") ? "maybe" : "in";
}
