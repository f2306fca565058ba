import {
  holdsIntervals,
  type IntervalSet,
  intersectionOfIntervals,
  rangesOf,
  sizeOfIntervals,
  unionOfIntervals,
} from "../../rules/meaning/interval-set.ts";
import { LAST_PORT } from "../../rules/meaning/port-set.ts";

/** Ports that systems hand out for a while (RFC 6335, section 6). */
const dynamicPorts: IntervalSet = [49_152, LAST_PORT];
/** With more of them in use, others will be tomorrow: then all of them count as used. */
const FEW_DYNAMIC = 8;

/**
 * At most `most` ranges inside `allowed` that hold all of the ports, which lie in it, with as few others as possible; null where so few
 * cannot. Exact: what lies between two neighbours is added where that is least.
 */
export function coverPorts(ports: IntervalSet, allowed: IntervalSet, most: number): IntervalSet | null {
  const dynamic = intersectionOfIntervals(ports, dynamicPorts);
  const inUse = sizeOfIntervals(dynamic);
  const used = inUse > FEW_DYNAMIC ? unionOfIntervals(ports, intersectionOfIntervals(allowed, dynamicPorts)) : ports;
  const ranges = rangesOf(used);
  const gaps = ranges
    .slice(1)
    .map(([first], index) => ({ first: (ranges[index]?.[1] ?? 0) + 1, last: first - 1 }))
    .filter(({ first, last }) => holdsIntervals(allowed, [first, last]))
    .sort((a, b) => a.last - a.first - (b.last - b.first));
  const needed = Math.max(0, ranges.length - most);
  if (gaps.length < needed) return null;
  return gaps
    .slice(0, needed)
    .reduce<IntervalSet>((set, { first, last }) => unionOfIntervals(set, [first, last]), used);
}
