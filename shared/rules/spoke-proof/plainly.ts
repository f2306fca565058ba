import { type IntervalSet, intersectionOfIntervals, sameIntervals } from "../meaning/interval-set.ts";
import type { MeaningRule } from "../meaning/meaning-rule.ts";

/*
 * Two questions that can be answered rule by rule in the usual case, where a rule stands for each flow. "No" means only
 * that the exact comparison has to be asked.
 */

/** Whether each rule that allows lies within one of the intended rules, so that nothing else can pass. */
export function plainlyWithin(rules: readonly MeaningRule[], intended: readonly MeaningRule[]): boolean {
  return rules.every((rule) => rule.access === "Deny" || intended.some((one) => covers(one, rule)));
}

/** Whether each required rule lies within a rule that allows and comes before any that could deny part of it. */
export function plainlyPasses(required: readonly MeaningRule[], rules: readonly MeaningRule[]): boolean {
  return required.every((one) => {
    const first = rules.find((rule) => (rule.access === "Deny" ? meets(rule, one) : covers(rule, one)));
    return first?.access === "Allow";
  });
}

/** Whether every packet that meets `inner` meets `outer`. Both name addresses only. */
export function covers(outer: MeaningRule, inner: MeaningRule): boolean {
  return (
    (outer.protocol === null || outer.protocol === inner.protocol) &&
    holdsAll(outer.destinationPorts, inner.destinationPorts) &&
    holdsAll(outer.sourcePorts, inner.sourcePorts) &&
    holdsAll(outer.source.intervals, inner.source.intervals) &&
    holdsAll(outer.destination.intervals, inner.destination.intervals)
  );
}

/** Whether some packet meets both. Both name addresses only. */
export function meets(a: MeaningRule, b: MeaningRule): boolean {
  const common = (first: IntervalSet, second: IntervalSet) => intersectionOfIntervals(first, second).length > 0;
  return (
    (a.protocol === null || b.protocol === null || a.protocol === b.protocol) &&
    common(a.destinationPorts, b.destinationPorts) &&
    common(a.sourcePorts, b.sourcePorts) &&
    common(a.source.intervals, b.source.intervals) &&
    common(a.destination.intervals, b.destination.intervals)
  );
}

function holdsAll(outer: IntervalSet, inner: IntervalSet): boolean {
  return sameIntervals(intersectionOfIntervals(outer, inner), inner);
}
