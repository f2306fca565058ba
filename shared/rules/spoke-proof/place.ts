import { LAST_ADDRESS, parseAddressSet } from "../meaning/address-set.ts";
import {
  complementOfIntervals,
  differenceOfIntervals,
  type IntervalSet,
  unionOfIntervals,
} from "../meaning/interval-set.ts";
import type { Direction } from "../meaning/meaning-rule.ts";
import { INTERNET, symbolOfTag, VIRTUAL_NETWORK } from "../meaning/service-tags.ts";
import type { RuleContext } from "../rule-context.ts";

/**
 * Ends of packets that no rule of a spoke can tell apart but by address: each end of a packet lies in exactly one place.
 * A tier's subnet is two places, because any subset of its machines may have joined the tier's ASG.
 */
export interface Place {
  /** In the words of the spoke: `tier front`, `Internet`. */
  readonly name: string;
  /** Tier or `gateway` whose subnet it lies in; null outside the spoke's subnets. */
  readonly subnet: string | null;
  readonly intervals: IntervalSet;
  /** Symbols that every end here belongs to. */
  readonly symbols: ReadonlySet<string>;
  /** It lies beyond the networks that are connected: a default route to a firewall makes it part of VirtualNetwork. */
  readonly isPublic: boolean;
}

export const GATEWAY_MANAGER = symbolOfTag("GatewayManager");

/** The symbol of an application security group. */
export const symbolOfGroup = (id: string): string => `asg:${id.toLowerCase()}`;

/** Everything, in places. */
export function placesOf(context: RuleContext): Place[] {
  const inSpoke = (name: string, subnet: string | null, intervals: IntervalSet, ...symbols: string[]): Place => ({
    name,
    subnet,
    intervals,
    symbols: new Set([VIRTUAL_NETWORK, ...symbols]),
    isPublic: false,
  });
  const tiers = context.tiers.flatMap(({ name, addressPrefix, applicationSecurityGroupId }) => {
    const subnet = prefixesAsIntervals([addressPrefix]);
    return [
      inSpoke(`tier ${name}`, name, subnet, symbolOfGroup(applicationSecurityGroupId)),
      inSpoke(`what joined no ASG in the subnet of tier ${name}`, name, subnet),
    ];
  });
  const spoke = prefixesAsIntervals([context.spokePrefix]);
  const gateway = inSpoke("gateway", "gateway", prefixesAsIntervals([context.gateway.addressPrefix]));
  const taken = [...tiers, gateway].reduce<IntervalSet>((all, place) => unionOfIntervals(all, place.intervals), []);
  const prober = prefixesAsIntervals(["168.63.129.16"]);
  const internal = without(prefixesAsIntervals(context.internalPrefixes), unionOfIntervals(spoke, prober));
  const known = [spoke, prober, internal].reduce(unionOfIntervals);
  const outside = (name: string, intervals: IntervalSet, isPublic: boolean, ...symbols: string[]): Place => ({
    name,
    subnet: null,
    intervals,
    symbols: new Set(symbols),
    isPublic,
  });
  const internet = complementOfIntervals(known, LAST_ADDRESS);
  return [
    ...tiers,
    gateway,
    inSpoke("unassigned addresses of the spoke", null, without(spoke, taken)),
    outside("hubs and internal networks", internal, false),
    outside("Azure's health probes", prober, false, VIRTUAL_NETWORK),
    outside("Internet", internet, true),
    outside("Azure's gateway management", internet, true, GATEWAY_MANAGER),
  ].filter((place) => place.intervals.length > 0);
}

/** From where to where packets go that the NSG of a subnet decides on: every pair of places, its own at the near end. */
export function pairsAt(places: readonly Place[], subnet: string, direction: Direction): (readonly [Place, Place])[] {
  const own = places.filter((place) => place.subnet === subnet);
  const [sources, destinations] = direction === "Outbound" ? [own, places] : [places, own];
  return sources.flatMap((from) => destinations.map((to) => [from, to] as const));
}

/** Whether ends in a place belong to a symbol; "maybe" where it cannot be known from what is given (trap 11). */
export type Membership = "in" | "out" | "maybe";

/**
 * Membership as seen from a subnet. Behind a default route to an appliance VirtualNetwork covers every address (trap 6;
 * Microsoft Learn, "Virtual network service tags", VirtualNetwork: prefixes of user-defined routes).
 */
export function membershipOf(
  place: Place,
  symbol: string,
  knownSymbols: ReadonlySet<string>,
  behindFirewall: boolean,
): Membership {
  if (place.symbols.has(symbol)) return "in";
  if (symbol === VIRTUAL_NETWORK) {
    if (behindFirewall) return "in";
    return place.isPublic ? "out" : "maybe";
  }
  if (symbol === INTERNET) {
    if (!place.isPublic) return "out";
    return behindFirewall ? "maybe" : "in";
  }
  return knownSymbols.has(symbol) ? "out" : "maybe";
}

export function prefixesAsIntervals(prefixes: readonly string[]): IntervalSet {
  return parseAddressSet(prefixes, [], "prefixes of the spoke").intervals;
}

/** What the first set holds and the second does not. */
export function without(set: IntervalSet, other: IntervalSet): IntervalSet {
  return differenceOfIntervals(set, other, LAST_ADDRESS);
}
