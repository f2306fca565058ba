import { compareRules, type Witness } from "../compare/compare.ts";
import type { Direction, MeaningRule } from "../meaning/meaning-rule.ts";
import { plainlyPasses } from "./plainly.ts";

type Rules = readonly MeaningRule[];

/** A packet that is required to pass and does not: the lists differ exactly where the NSG holds it back. */
export function lackOf(rules: Rules, required: Rules, direction: Direction): Witness | null {
  return plainlyPasses(required, rules) ? null : compareRules([...required, ...rules], rules, direction);
}
