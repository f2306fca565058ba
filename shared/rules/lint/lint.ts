import { directions, type SecurityGroupMeaning } from "../meaning/meaning-rule.ts";
import { exposure } from "./exposure.ts";
import { missingRules } from "./missing-rules.ts";
import { needlessRules } from "./needless-rules.ts";
import { platformTraps } from "./platform-traps.ts";
import type { Place, RuleFinding } from "./rule-finding.ts";

const severities: readonly RuleFinding["severity"][] = ["critical", "high", "medium", "low", "information"];
const FIRST_DEFAULT_PRIORITY = 65000;

/**
 * What is wrong or doubtful about a network security group at its place, most severe first: traps of the platform, what is
 * open to the Internet, rules that decide nothing. Throws RefusedError `RulesTooComplex`.
 */
export function lint(group: SecurityGroupMeaning, place: Place): RuleFinding[] {
  const findings = directions.flatMap((direction) => {
    const rules = group[direction];
    const custom = rules.filter(({ priority }) => priority < FIRST_DEFAULT_PRIORITY);
    return [...exposure(custom, rules, place), ...platformTraps(custom, place), ...needlessRules(custom, rules)];
  });
  return [...findings, ...missingRules(group, place)].sort(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
}
