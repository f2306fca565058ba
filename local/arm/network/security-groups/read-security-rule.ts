import type { JsonObject } from "../../json.ts";
import { defined, integerOf, textOf, wordOf } from "../json-value.ts";
import { badRequest } from "../refusals.ts";
import { requireKnownMembers } from "../stored-body.ts";
import { readAddresses } from "./address-side.ts";
import { readPorts } from "./port-range.ts";

const PROTOCOLS = ["Tcp", "Udp", "Icmp", "Esp", "Ah", "*"] as const;
const SIDES = ["source", "destination"] as const;
const MEMBERS = {
  modelled: [
    "description",
    "protocol",
    "access",
    "priority",
    "direction",
    ...SIDES.flatMap((side) =>
      ["PortRange", "PortRanges", "AddressPrefix", "AddressPrefixes"].map((end) => side + end),
    ),
    ...SIDES.map((side) => `${side}ApplicationSecurityGroups`),
  ],
};

/**
 * Checks the properties of one custom security rule and gives them back as Azure stores and answers them.
 * @param ruleId the rule's resource ID
 * @throws ArmError with Azure's code for the first thing that is wrong
 */
export function readSecurityRule(rule: JsonObject, ruleId: string): JsonObject {
  requireKnownMembers(rule, "properties", MEMBERS);
  const description = textOf(rule.description, "properties.description");
  if (description !== undefined && description.length > 140) {
    throw badRequest(
      "SecurityRuleDescriptionTooLong",
      `Security rule ${ruleId} has a description of ${description.length} characters. The maximum allowed is 140.`,
    );
  }
  const priority = integerOf(rule.priority, "properties.priority", 0);
  if (priority < 100 || priority > 4096) {
    throw badRequest(
      "SecurityRuleInvalidPriority",
      `Security rule has invalid Priority. Value provided: ${priority} Allowed range 100-4096.`,
    );
  }
  return defined({
    description,
    protocol: wordOf(rule.protocol, "properties.protocol", PROTOCOLS),
    ...readPorts("source", rule, ruleId),
    ...readPorts("destination", rule, ruleId),
    ...readAddresses("source", rule, ruleId),
    ...readAddresses("destination", rule, ruleId),
    access: wordOf(rule.access, "properties.access", ["Allow", "Deny"]),
    priority,
    direction: wordOf(rule.direction, "properties.direction", ["Inbound", "Outbound"]),
  });
}

/** The IDs of all application security groups that a rule names, both sides. */
export function applicationSecurityGroupsOf(rule: JsonObject): string[] {
  return SIDES.flatMap((side) =>
    ((rule[`${side}ApplicationSecurityGroups`] as { id: string }[] | undefined) ?? []).map((group) => group.id),
  );
}
