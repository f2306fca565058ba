import type { MeaningRule } from "../meaning/meaning-rule.ts";
import { decides, isRedundant } from "./effective.ts";
import { aboutRule, type RuleFinding } from "./rule-finding.ts";

/**
 * Rules that never decide (shadowed), and rules without which the same packets pass (redundant); proven over all packets
 * and for any members of tags and ASGs. Of two rules that make each other redundant both are named.
 */
export function needlessRules(custom: readonly MeaningRule[], rules: readonly MeaningRule[]): RuleFinding[] {
  return custom.flatMap((rule) => {
    if (!decides(rule, rule, rules)) {
      return [
        aboutRule(rule, {
          code: "shadowed-rule",
          severity: rule.access === "Deny" ? "medium" : "low",
          message: "Rules before it decide on every packet that it meets.",
          remedy: "Remove it, or give it a lower number than the rules before it.",
        }),
      ];
    }
    if (!isRedundant(rule, rules)) return [];
    return [
      aboutRule(rule, {
        code: "redundant-rule",
        severity: "information",
        message: "Without it the same packets pass.",
        remedy: "Remove it, if it is not there to be read.",
      }),
    ];
  });
}
