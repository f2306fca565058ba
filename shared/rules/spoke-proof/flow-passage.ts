import type { IntendedFlow } from "../intent/intended-flow.ts";
import type { Direction, MeaningRule, SecurityGroupMeaning } from "../meaning/meaning-rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { intentRules } from "./intent-rules.ts";
import { lackOf } from "./lack-of.ts";
import { type Place, pairsAt } from "./place.ts";
import { covers, meets } from "./plainly.ts";
import { seenBetween, sidesOf } from "./seen-between.ts";

type Rules = readonly MeaningRule[];

/** What one NSG does with a flow. */
export interface Passage {
  /** Whether all of its packets pass. */
  readonly passes: boolean;
  /** The rule that lets it pass; where none does alone, all that do, by priority; where it does not, the one that denies. */
  readonly rules: readonly string[];
}

/**
 * What the NSG of a subnet does with a flow that leaves or enters there, over all its packets. What is not known of
 * service tags is taken so that less passes. Throws RefusedError `RulesTooComplex`.
 */
export function flowPassage(
  context: RuleContext,
  places: readonly Place[],
  flow: IntendedFlow,
  at: { readonly subnet: string; readonly group: SecurityGroupMeaning; readonly direction: Direction },
): Passage {
  const { subnet, group, direction } = at;
  const sides = sidesOf(context, subnet);
  const standing = seenBetween(group[direction], { ...sides, supposing: "least" });
  const meant = seenBetween(intentRules(context, [flow], direction), { ...sides, supposing: "most" });
  const deciding = new Set<string>();
  for (const [from, to] of pairsAt(places, subnet, direction)) {
    const required = meant(from, to);
    const [packets] = required;
    if (packets === undefined) continue;
    const rules = standing(from, to);
    const lack = lackOf(rules, required, direction);
    if (lack !== null) return { passes: false, rules: [lack.bRule] };
    for (const { name } of passedBy(rules, packets, direction)) deciding.add(name);
  }
  const names = group[direction].map(({ name }) => name);
  return { passes: true, rules: names.filter((name) => deciding.has(name)) };
}

/** The rule that lets all of the packets pass, where one does alone; else all that decide on some of them. */
function passedBy(rules: Rules, packets: MeaningRule, direction: Direction): Rules {
  const whole = rules.find((rule) => covers(rule, packets));
  if (whole?.access === "Allow") return [whole];
  // A rule decides on something where something would be held back if it denied.
  const denying = (one: MeaningRule) =>
    rules.map((rule) => (rule === one ? { ...rule, access: "Deny" as const } : rule));
  return rules.filter(
    (rule) => rule.access === "Allow" && meets(rule, packets) && lackOf(denying(rule), [packets], direction) !== null,
  );
}
