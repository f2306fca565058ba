import { gatewaySubnet } from "../intent/intent-of.ts";
import type { AddressSet } from "../meaning/address-set.ts";
import { type IntervalSet, intersectionOfIntervals, sameIntervals } from "../meaning/interval-set.ts";
import type { MeaningRule } from "../meaning/meaning-rule.ts";
import { anyPort } from "../meaning/port-set.ts";
import type { RuleContext } from "../rule-context.ts";
import { GATEWAY_MANAGER, type Membership, membershipOf, type Place, symbolOfGroup } from "./place.ts";

/** How a membership that cannot be known is taken: so that most passes, or so that least does. */
export type Supposition = "most" | "least";

export interface View {
  /** Symbols whose members are told by the places. */
  readonly knownSymbols: ReadonlySet<string>;
  readonly behindFirewall: boolean;
  readonly supposing: Supposition;
}

/** How the NSG of a subnet (a tier's name, or `gateway`) sees places. */
export function sidesOf(context: RuleContext, subnet: string): Omit<View, "supposing"> {
  return {
    knownSymbols: new Set([
      GATEWAY_MANAGER,
      ...context.tiers.map((tier) => symbolOfGroup(tier.applicationSecurityGroupId)),
    ]),
    behindFirewall: context.behindFirewall && subnet !== gatewaySubnet,
  };
}

/** Rules as packets between two places meet them: addresses only, those that meet no such packet left out. */
export type SeenBetween = (from: Place, to: Place) => readonly MeaningRule[];

/** Reads the rules for every pair of places; what a rule says of a place is worked out once for all its pairs. */
export function seenBetween(rules: readonly MeaningRule[], view: View): SeenBetween {
  const sources = new Map<Place, readonly IntervalSet[]>();
  const destinations = new Map<Place, readonly IntervalSet[]>();
  return (from, to) => {
    const source = remembered(sources, from, () => rules.map((rule) => within(rule, rule.source, from, view)));
    const destination = remembered(destinations, to, () =>
      rules.map((rule) => within(rule, rule.destination, to, view)),
    );
    const seen: MeaningRule[] = [];
    for (const [index, rule] of rules.entries()) {
      const [first = [], second = []] = [source[index], destination[index]];
      if (first.length === 0 || second.length === 0) continue;
      seen.push({ ...rule, source: addresses(first), destination: addresses(second) });
      // Nothing comes after a rule that meets every packet between the two.
      if (meetsEverything(rule) && sameIntervals(first, from.intervals) && sameIntervals(second, to.intervals)) break;
    }
    return seen;
  };
}

function meetsEverything({ protocol, sourcePorts, destinationPorts }: MeaningRule): boolean {
  return protocol === null && sameIntervals(sourcePorts, anyPort) && sameIntervals(destinationPorts, anyPort);
}

function remembered<V>(known: Map<Place, V>, place: Place, make: () => V): V {
  const standing = known.get(place);
  if (standing !== undefined) return standing;
  const made = make();
  known.set(place, made);
  return made;
}

function within({ access }: MeaningRule, side: AddressSet, place: Place, view: View): IntervalSet {
  // A rule that may or may not meet the packet is taken to meet it where it would do what is supposed.
  const doubtful: Membership = (access === "Allow") === (view.supposing === "most") ? "in" : "out";
  const belongs = side.symbols.some((symbol) => {
    const membership = membershipOf(place, symbol, view.knownSymbols, view.behindFirewall);
    return (membership === "maybe" ? doubtful : membership) === "in";
  });
  return belongs ? place.intervals : intersectionOfIntervals(side.intervals, place.intervals);
}

function addresses(intervals: IntervalSet): AddressSet {
  return { intervals, symbols: [] };
}
