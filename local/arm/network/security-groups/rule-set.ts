import type { JsonObject } from "../../json.ts";
import { badRequest } from "../refusals.ts";
import { applicationSecurityGroupsOf } from "./read-security-rule.ts";

/** A custom rule of a network security group by name. */
export type NamedRule = { readonly name: string; readonly properties: JsonObject };

/** "Azure subscription and service limits": rules per group, application security groups over all rules of a group. */
const MAX_RULES = 1000;
const MAX_APPLICATION_SECURITY_GROUPS = 100;

/**
 * Checks the custom rules of one network security group against each other.
 * @throws ArmError `SecurityRuleConflict` (same priority and direction), a name used twice, or a limit
 */
export function requireConsistentRules(groupId: string, rules: readonly NamedRule[]): void {
  if (rules.length > MAX_RULES) {
    throw badRequest(
      "NetworkSecurityGroupRuleCountLimitReached",
      `Cannot create more than ${MAX_RULES} security rules for network security group ${groupId}.`,
    );
  }
  const names = new Set<string>();
  const places = new Map<string, string>();
  for (const { name, properties } of rules) {
    if (names.has(name.toLowerCase())) {
      throw badRequest(
        "DuplicateResourceName",
        `Resource ${groupId} has two child resources with the same name (${name}).`,
      );
    }
    names.add(name.toLowerCase());
    const place = `${properties.direction} ${properties.priority}`;
    const other = places.get(place);
    if (other !== undefined) {
      throw badRequest(
        "SecurityRuleConflict",
        `Security rule ${other} conflicts with rule ${name}. Rules cannot have the same Priority and Direction.`,
      );
    }
    places.set(place, name);
  }
  const groups = new Set(
    rules.flatMap((rule) => applicationSecurityGroupsOf(rule.properties)).map((id) => id.toLowerCase()),
  );
  if (groups.size > MAX_APPLICATION_SECURITY_GROUPS) {
    throw badRequest(
      "NetworkSecurityGroupApplicationSecurityGroupsLimitReached",
      `Network security group ${groupId} has rules that name ${groups.size} application security groups. The maximum allowed is ${MAX_APPLICATION_SECURITY_GROUPS}.`,
    );
  }
}
