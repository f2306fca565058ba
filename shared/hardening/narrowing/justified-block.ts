import { holdsIntervals, type IntervalSet, intersectionOfIntervals } from "../../rules/meaning/interval-set.ts";
import type { RuleContext } from "../../rules/rule-context.ts";
import { prefixesAsIntervals } from "../../rules/spoke-proof/place.ts";
import type { FlowEnd } from "../judging/flow-end.ts";

/**
 * Known places of a spoke: machines in them come and go, so that one that was seen stands for the place. Load balancers before the
 * subnets in which they stand.
 */
export function knownPlaces({ tiers, gateway, managementAccess, dnsServers }: RuleContext): readonly IntervalSet[] {
  const prefixes = [
    ...tiers.flatMap(({ loadBalancerAddress }) => loadBalancerAddress ?? []),
    ...tiers.map(({ addressPrefix }) => addressPrefix),
    gateway.addressPrefix,
    ...managementAccess.map(({ from }) => from),
    ...dnsServers,
  ];
  return [...new Set(prefixes)].map((prefix) => prefixesAsIntervals([prefix]));
}

/** The known place of an end where the region holds all of that, else the end itself, as far as it lies in the region. */
export function justifiedBlock(end: FlowEnd, places: readonly IntervalSet[], region: IntervalSet): IntervalSet {
  const own: IntervalSet = [end.first, end.last];
  const place = places.find((one) => holdsIntervals(one, own));
  return place !== undefined && holdsIntervals(region, place) ? place : intersectionOfIntervals(own, region);
}
