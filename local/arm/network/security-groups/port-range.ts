import type { JsonObject } from "../../json.ts";
import { defined, stringsOf, textOf } from "../json-value.ts";
import { badRequest } from "../refusals.ts";

/** Reads `*`, `443` or `1024-65535`; `undefined` when the text is none. */
export function parsePortRange(text: string): { first: number; last: number } | undefined {
  if (text === "*") return { first: 0, last: 65535 };
  const [, from, to] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  if (from === undefined) return undefined;
  const range = { first: Number(from), last: Number(to ?? from) };
  return range.first <= range.last && range.last <= 65535 ? range : undefined;
}

/**
 * The ports of one side of a security rule: the singular member or the plural one, never both.
 * @returns both members as Azure answers them
 * @throws ArmError `SecurityRuleInvalidPortRange`, `SecurityRuleParameterContainsInvalidPortRanges` (a `*` in a list) or
 * `RequiredSecurityRuleParametersMissing`
 */
export function readPorts(side: "source" | "destination", rule: JsonObject, ruleId: string): JsonObject {
  const single = textOf(rule[`${side}PortRange`], `${side}PortRange`);
  const many = stringsOf(rule[`${side}PortRanges`], `${side}PortRanges`);
  const parameter = side === "source" ? "SourcePortRange" : "DestinationPortRange";
  if ((single === undefined) === (many.length === 0)) {
    throw badRequest(
      "RequiredSecurityRuleParametersMissing",
      `Security rule with Id ${ruleId} must specify a non empty value for exactly one of: ${parameter}s, ${parameter}.`,
    );
  }
  for (const range of single === undefined ? many : [single]) {
    if (range === "*" && single === undefined) {
      throw badRequest(
        "SecurityRuleParameterContainsInvalidPortRanges",
        `Security rule parameter ${parameter}s for rule with Id ${ruleId} contains invalid port ranges: ${range}.`,
      );
    }
    if (!parsePortRange(range)) {
      throw badRequest(
        "SecurityRuleInvalidPortRange",
        `Security rule has invalid Port range. Value provided: ${range}. Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535.`,
      );
    }
  }
  return defined({ [`${side}PortRange`]: single, [`${side}PortRanges`]: many });
}
