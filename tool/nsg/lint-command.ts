import type { Assumption } from "../../shared/rules/assumptions.ts";
import { lint } from "../../shared/rules/lint/lint.ts";
import type { Place } from "../../shared/rules/lint/rule-finding.ts";
import { unreadable } from "../../shared/rules/meaning/unreadable.ts";
import type { Command } from "./command.ts";
import { groupsOf } from "./groups-of.ts";

const assumptions: readonly Assumption[] = ["no-admin-rules", "platform-traffic", "any-tag-members"];

/** `{"id", "nsg", "gateway"?, "behindFirewall"?, "loadBalanced"?}`: what is wrong or doubtful about the rules? */
export const lintCommand: Command = {
  name: "lint",
  summary:
    'what is wrong or doubtful about an NSG? File NSG, or lines {"id", "nsg", "gateway"?: true, "behindFirewall"?: true, "loadBalanced"?: true}',
  files: ["nsg"],
  ask(question) {
    const place: Place = {
      gateway: flagOf(question, "gateway"),
      behindFirewall: flagOf(question, "behindFirewall"),
      loadBalanced: flagOf(question, "loadBalanced"),
    };
    const findings = groupsOf(question).flatMap((group) => lint(group, place));
    const readable = findings.flatMap(({ severity, code, direction, rule, priority, message, remedy }) => [
      `  ${severity}: ${code}, ${direction}${rule === null ? "" : `, ${rule} (${priority})`}`,
      `    ${message} ${remedy}`,
    ]);
    return {
      answer: { findings, assumptions },
      finding: findings.some(({ severity }) => severity !== "information"),
      readable: [findings.length === 0 ? "nothing found" : `${findings.length} found`, ...readable],
    };
  },
};

function flagOf(question: Readonly<Record<string, unknown>>, name: string): boolean {
  const value = question[name] ?? false;
  if (typeof value !== "boolean") throw unreadable(name, "is neither true nor false");
  return value;
}
