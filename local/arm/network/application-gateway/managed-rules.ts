import { invalidParameter } from "../../errors/request-errors.ts";
import type { JsonObject } from "../../json.ts";
import { listOf, objectOf, textOf, wordOf } from "../json-value.ts";
import { requireKnownMembers } from "../stored-body.ts";
import { badRequest, missingMember, notModelled } from "./gateway-errors.ts";

/**
 * The rule sets with which a policy can be made, by type: the default rule sets and the core rule set that Azure supports,
 * and the bot rules. Source: "Azure Web Application Firewall rule set support policy" (the latest three, from February
 * 2026: DRS 2.2, DRS 2.1, CRS 3.2) and "Web Application Firewall DRS and CRS rule groups and rules".
 */
export const offeredRuleSets: Readonly<Record<string, readonly string[]>> = {
  Microsoft_DefaultRuleSet: ["2.1", "2.2"],
  OWASP: ["3.2"],
  Microsoft_BotManagerRuleSet: ["0.1", "1.0", "1.1"],
};
/** Sets that Azure knows besides; whether it still takes them for a new policy is not modelled. */
const OTHER_SETS: Readonly<Record<string, readonly string[]>> = {
  OWASP: ["2.2.9", "3.0", "3.1"],
  Microsoft_HTTPDDoSRuleSet: ["1.0"],
};
/** Of these a policy has exactly one. */
const PRIMARY: readonly string[] = ["Microsoft_DefaultRuleSet", "OWASP"];

/** Reads the managed rules: one default or core rule set, and at most one set of bot rules. */
export function readManagedRules(value: unknown, policyId: string): JsonObject {
  const path = "properties.managedRules";
  if (value === undefined || value === null) throw missingMember("managedRules", policyId);
  const rules = objectOf(value, path);
  requireKnownMembers(rules, path, { modelled: ["managedRuleSets"], unmodelled: ["exclusions", "exceptions"] });
  const managedRuleSets = listOf(rules.managedRuleSets, `${path}.managedRuleSets`).map((entry, index) =>
    readRuleSet(entry, `${path}.managedRuleSets[${index}]`),
  );
  const types = managedRuleSets.map(({ ruleSetType }) => String(ruleSetType));
  const primaries = types.filter((type) => PRIMARY.includes(type)).length;
  if (primaries !== 1 || new Set(types).size !== types.length) {
    throw badRequest(
      "WebApplicationFirewallPolicyInvalidManagedRuleSets",
      `Web application firewall policy ${policyId} must have exactly one of the managed rule sets ${PRIMARY.join(", ")}, and no type twice. Given: ${types.join(", ")}.`,
    );
  }
  return { managedRuleSets, exclusions: [], exceptions: [] };
}

function readRuleSet(entry: unknown, path: string): JsonObject {
  const ruleSet = objectOf(entry, path);
  requireKnownMembers(ruleSet, path, {
    modelled: ["ruleSetType", "ruleSetVersion"],
    readOnly: ["computedDisabledRules"],
    unmodelled: ["ruleGroupOverrides"],
  });
  const types = [...Object.keys(offeredRuleSets), ...Object.keys(OTHER_SETS)];
  const ruleSetType = wordOf(ruleSet.ruleSetType, `${path}.ruleSetType`, types);
  const ruleSetVersion = textOf(ruleSet.ruleSetVersion, `${path}.ruleSetVersion`) ?? "";
  if (OTHER_SETS[ruleSetType]?.includes(ruleSetVersion))
    throw notModelled(`the rule set ${ruleSetType} ${ruleSetVersion}`);
  if (!offeredRuleSets[ruleSetType]?.includes(ruleSetVersion)) {
    throw invalidParameter(`The rule set ${ruleSetType} has no version '${ruleSetVersion}'. Path '${path}'.`);
  }
  return { ruleSetType, ruleSetVersion, ruleGroupOverrides: [] };
}
