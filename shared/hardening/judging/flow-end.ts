import { type IntervalSet, intersectionOfIntervals, intervalSetHolds } from "../../rules/meaning/interval-set.ts";
import type { Membership } from "../../rules/spoke-proof/place.ts";

/** One end of an observed flow: an address, or a prefix where addresses were not told apart. */
export interface FlowEnd {
  readonly first: number;
  readonly last: number;
}

/** Whether a set holds all, none or some of an end's addresses. */
export function heldBy(set: IntervalSet, { first, last }: FlowEnd): Membership {
  if (first === last) return intervalSetHolds(set, first) ? "in" : "out";
  const shared = intersectionOfIntervals(set, [first, last]);
  if (shared.length === 0) return "out";
  return shared.length === 2 && shared[0] === first && shared[1] === last ? "in" : "maybe";
}
