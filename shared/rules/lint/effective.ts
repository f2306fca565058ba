import { meansSame } from "../compare/compare.ts";
import type { AddressSet } from "../meaning/address-set.ts";
import { intersectionOfIntervals } from "../meaning/interval-set.ts";
import type { MeaningRule } from "../meaning/meaning-rule.ts";

type RuleList = readonly MeaningRule[];

/** Whether the rule changes nothing: without it the same packets pass. */
export function isRedundant(rule: MeaningRule, rules: RuleList): boolean {
  const near = meeting(rule, rules);
  return meansSame(
    near,
    near.filter((other) => other !== rule),
  );
}

/** Whether the rule decides on some packet that meets `part`, a rule of the same access that is part of it. */
export function decides(rule: MeaningRule, part: MeaningRule, rules: RuleList): boolean {
  const near = meeting(rule, rules);
  const contrary: MeaningRule = { ...part, access: rule.access === "Allow" ? "Deny" : "Allow" };
  return !meansSame(
    near,
    near.flatMap((other) => (other === rule ? [contrary, other] : [other])),
  );
}

/** The rules that share packets with one of them: what no packet of it meets cannot matter to it. */
function meeting(rule: MeaningRule, rules: RuleList): RuleList {
  return rules.filter(
    (other) =>
      (rule.protocol === null || other.protocol === null || rule.protocol === other.protocol) &&
      sidesMeet(rule.source, other.source) &&
      sidesMeet(rule.destination, other.destination) &&
      intersectionOfIntervals(rule.sourcePorts, other.sourcePorts).length > 0 &&
      intersectionOfIntervals(rule.destinationPorts, other.destinationPorts).length > 0,
  );
}

/** A symbol may hold any address. */
function sidesMeet(a: AddressSet, b: AddressSet): boolean {
  return a.symbols.length + b.symbols.length > 0 || intersectionOfIntervals(a.intervals, b.intervals).length > 0;
}
