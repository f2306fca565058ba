import type { JsonObject } from "../../json.ts";
import { defaultSecurityRules } from "../../network/security-groups/default-security-rules.ts";
import { parsePortRange } from "../../network/security-groups/port-range.ts";
import type { NamedRule } from "../../network/security-groups/rule-set.ts";
import type { Resource } from "../../resource.ts";

const anywhere = ["*", "internet", "0.0.0.0/0", "any"];

/** The inbound rules of a network security group, those that count first in front. */
export function inboundRules(group: Resource): readonly NamedRule[] {
  const custom = (group.body.properties.securityRules ?? []) as readonly NamedRule[];
  return [...custom, ...defaultSecurityRules]
    .filter(({ properties }) => properties.direction === "Inbound")
    .sort((a, b) => Number(a.properties.priority) - Number(b.properties.priority));
}

/** True where a packet from any address of the Internet to the TCP port is let in: the first rule that fits decides. */
export function letsInternetIn(group: Resource, port: number): boolean {
  const first = inboundRules(group).find(
    ({ properties }) => isFromInternet(properties) && isForTcp(properties) && isForPort(properties, port),
  );
  return first?.properties.access === "Allow";
}

/** True where a rule of the group's own lets the whole Internet in on all ports. */
export function letsInternetInEverywhere(group: Resource): boolean {
  return inboundRules(group).some(
    ({ properties }) =>
      properties.access === "Allow" &&
      Number(properties.priority) <= 4096 &&
      isFromInternet(properties) &&
      textsOf(properties, "destinationPortRange").some((range) => range === "*" || range === "0-65535"),
  );
}

/** True where the rule's source is every address of the Internet; one range of it is another matter. */
export function isFromInternet(rule: JsonObject): boolean {
  return textsOf(rule, "sourceAddressPrefix", "sourceAddressPrefixes").some((prefix) =>
    anywhere.includes(prefix.toLowerCase()),
  );
}

/** True where the rule is about the port. */
export function isForPort(rule: JsonObject, port: number): boolean {
  return textsOf(rule, "destinationPortRange").some((text) => {
    const range = parsePortRange(text);
    return range !== undefined && range.first <= port && port <= range.last;
  });
}

function isForTcp({ protocol }: JsonObject): boolean {
  return protocol === "*" || protocol === "Tcp";
}

function textsOf(rule: JsonObject, singular: string, plural = `${singular}s`): readonly string[] {
  const several = rule[plural];
  const values = [rule[singular], ...(Array.isArray(several) ? several : [])];
  return values.filter((value) => typeof value === "string");
}
