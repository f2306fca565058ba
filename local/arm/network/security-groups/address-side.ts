import type { JsonObject } from "../../json.ts";
import { isAddressOrCanonicalPrefix } from "../address-prefix.ts";
import { defined, listOf, referenceOf, stringsOf, textOf } from "../json-value.ts";
import { badRequest } from "../refusals.ts";
import { isServiceTag } from "../service-tags.ts";

/** Azure's limits of one security rule ("Azure subscription and service limits", networking). */
const MAX_PREFIXES = 4000;
const MAX_APPLICATION_SECURITY_GROUPS = 10;

/**
 * The addresses of one side of a security rule: one prefix or service tag, a list of prefixes, or application security
 * groups, and exactly one of the three.
 * @returns the members as Azure answers them
 * @throws ArmError with Azure's code for what is wrong
 */
export function readAddresses(side: "source" | "destination", rule: JsonObject, ruleId: string): JsonObject {
  const single = textOf(rule[`${side}AddressPrefix`], `${side}AddressPrefix`);
  const many = stringsOf(rule[`${side}AddressPrefixes`], `${side}AddressPrefixes`);
  const groups = listOf(rule[`${side}ApplicationSecurityGroups`], `${side}ApplicationSecurityGroups`).map(
    (group) => referenceOf(group, `${side}ApplicationSecurityGroups`) ?? "",
  );
  const Side = side === "source" ? "Source" : "Destination";
  if ([single !== undefined, many.length > 0, groups.length > 0].filter(Boolean).length !== 1) {
    throw badRequest(
      "RequiredSecurityRuleParametersMissing",
      `Security rule with Id ${ruleId} must specify a non empty value for exactly one of: ${Side}AddressPrefixes, ${Side}AddressPrefix, ${Side}ApplicationSecurityGroups.`,
    );
  }
  requireWithinLimits(ruleId, Side, many.length, groups.length);
  for (const prefix of many) requirePluralPrefix(prefix, `${Side}AddressPrefix`, ruleId);
  if (single !== undefined && single !== "*" && !isServiceTag(single)) requirePrefix(single, ruleId);
  return defined({
    [`${side}AddressPrefix`]: single,
    [`${side}AddressPrefixes`]: many,
    [`${side}ApplicationSecurityGroups`]: groups.length > 0 ? groups.map((id) => ({ id })) : undefined,
  });
}

function requireWithinLimits(ruleId: string, side: string, prefixes: number, groups: number): void {
  if (prefixes > MAX_PREFIXES) {
    throw badRequest(
      "SecurityRuleAddressPrefixesCountLimitExceeded",
      `Security rule ${ruleId} has ${prefixes} ${side}AddressPrefixes. The maximum allowed is ${MAX_PREFIXES}.`,
    );
  }
  if (groups > MAX_APPLICATION_SECURITY_GROUPS) {
    throw badRequest(
      "SecurityRuleApplicationSecurityGroupsCountLimitExceeded",
      `Security rule ${ruleId} has ${groups} ${side}ApplicationSecurityGroups. The maximum allowed is ${MAX_APPLICATION_SECURITY_GROUPS}.`,
    );
  }
}

/** A list takes prefixes only: Azure keeps `*` and service tags for the singular member. */
function requirePluralPrefix(prefix: string, parameter: string, ruleId: string): void {
  if (prefix === "*" || isServiceTag(prefix)) {
    throw badRequest(
      "SecurityRuleParameterContainsUnsupportedValue",
      `Security rule parameter ${parameter} for rule with Id ${ruleId} cannot specify existing VIRTUALNETWORK, INTERNET, AZURELOADBALANCER, '*' or system tags. Unsupported value used: ${prefix}.`,
    );
  }
  requirePrefix(prefix, ruleId);
}

function requirePrefix(prefix: string, ruleId: string): void {
  if (!isAddressOrCanonicalPrefix(prefix)) {
    throw badRequest(
      "SecurityRuleInvalidAddressPrefix",
      `Security rule ${ruleId} has invalid Address prefix. Value provided: ${prefix}`,
    );
  }
}
