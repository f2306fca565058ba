import { compareRules, type Witness } from "../compare/compare.ts";
import type { SubnetIntent } from "../intent/intended-flow.ts";
import { intentOf } from "../intent/intent-of.ts";
import { defaultRules } from "../meaning/default-rules.ts";
import { type Direction, directions, type MeaningRule, type SecurityGroupMeaning } from "../meaning/meaning-rule.ts";
import type { Packet } from "../meaning/packet.ts";
import type { RuleContext } from "../rule-context.ts";
import { intentRules } from "./intent-rules.ts";
import { lackOf } from "./lack-of.ts";
import { type Place, pairsAt, placesOf } from "./place.ts";
import { plainlyWithin } from "./plainly.ts";
import { seenBetween, sidesOf } from "./seen-between.ts";

/** A packet that a subnet's NSG treats otherwise than is meant. */
export interface SpokeCounterexample {
  /** Tier name, or `gateway`. */
  readonly subnet: string;
  readonly networkSecurityGroup: string;
  readonly from: string;
  readonly to: string;
  readonly packet: Packet;
  /** True where it passes and is not meant to; false where it is meant to pass and does not. */
  readonly passes: boolean;
  /** The rule that decides. */
  readonly rule: string;
}

/** The NSG of each subnet: by tier name, and `gateway`. */
export type SubnetGroups = ReadonlyMap<string, SecurityGroupMeaning>;

/** How many counterexamples an answer holds at most; one says that the proof fails, some say where. */
export const mostCounterexamples = 20;

/**
 * Proves over all packets that the NSG of every subnet of a spoke lets out and in what the request means, and nothing
 * else: for any subset of a tier's machines as members of its ASG, and whatever the members of other service tags are.
 * Answers the counterexamples, the most dangerous first and at most twenty; none where it is proven. What passes end to end leaves by one NSG and enters by the
 * other, so that two proven NSGs prove their flows. `unknown` names subnets whose NSG could not be read: nothing is said
 * of them, and every other must have its NSG. Throws RefusedError `RulesTooComplex`.
 */
export function proveSpoke(
  context: RuleContext,
  groups: SubnetGroups,
  unknown: ReadonlySet<string> = new Set(),
): SpokeCounterexample[] {
  const places = placesOf(context);
  const found: SpokeCounterexample[] = [];
  for (const intent of intentOf(context)) {
    if (unknown.has(intent.subnet)) continue;
    const group = groups.get(intent.subnet);
    if (group === undefined) throw new RangeError(`no NSG is given for the subnet of ${intent.subnet}`);
    for (const direction of directions) {
      found.push(...proveDirection(context, places, intent, group, direction));
    }
  }
  return mostDangerousFirst(found, places).slice(0, mostCounterexamples);
}

/**
 * What comes in from outside, then what is held back, then what gets out, then what moves inside; within each of these
 * one of every subnet before the second of any, so that a subnet that is open is told, however many are.
 */
function mostDangerousFirst(found: readonly SpokeCounterexample[], places: readonly Place[]): SpokeCounterexample[] {
  const isPublic = new Map(places.map((place) => [place.name, place.isPublic]));
  const rankOf = ({ from, to, passes }: SpokeCounterexample) => {
    if (!passes) return 1;
    if (isPublic.get(from)) return 0;
    return isPublic.get(to) ? 2 : 3;
  };
  const counts = new Map<string, number>();
  const ranked = found.map((one) => {
    const rank = rankOf(one);
    const key = `${rank} ${one.subnet}`;
    const turn = counts.get(key) ?? 0;
    counts.set(key, turn + 1);
    return { one, rank, turn };
  });
  return ranked.sort((a, b) => a.rank - b.rank || a.turn - b.turn).map(({ one }) => one);
}

type Rules = readonly MeaningRule[];

/** What passes and is not meant to. */
function excessOf(rules: Rules, meant: Rules, direction: Direction): Witness | null {
  if (plainlyWithin(rules, meant)) return null;
  // Both lists decide first on what is meant: they differ exactly where the NSG lets pass what is not.
  const nothingElse = defaultRules[direction].slice(-1);
  return compareRules([...meant, ...rules], [...meant, ...nothingElse], direction);
}

function proveDirection(
  context: RuleContext,
  places: readonly Place[],
  intent: SubnetIntent,
  group: SecurityGroupMeaning,
  direction: Direction,
): SpokeCounterexample[] {
  const flows = intent[direction];
  const meant = intentRules(context, flows, direction);
  const required = meant.filter((_, index) => flows[index]?.optional !== true);
  const sides = sidesOf(context, intent.subnet);
  const actualMost = seenBetween(group[direction], { ...sides, supposing: "most" });
  const actualLeast = seenBetween(group[direction], { ...sides, supposing: "least" });
  const allMeant = seenBetween(meant, { ...sides, supposing: "most" });
  const allRequired = seenBetween(required, { ...sides, supposing: "most" });
  return pairsAt(places, intent.subnet, direction).flatMap(([from, to]) => {
    const excess = excessOf(actualMost(from, to), allMeant(from, to), direction);
    const lack = lackOf(actualLeast(from, to), allRequired(from, to), direction);
    const common = { subnet: intent.subnet, networkSecurityGroup: group.name, from: from.name, to: to.name };
    return [
      ...(excess === null ? [] : [{ ...common, packet: excess.packet, passes: true, rule: excess.aRule }]),
      ...(lack === null ? [] : [{ ...common, packet: lack.packet, passes: false, rule: lack.bRule }]),
    ];
  });
}
