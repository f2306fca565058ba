import { type AddressSet, parseAddressSet } from "./address-set.ts";
import type { IntervalSet } from "./interval-set.ts";
import type { Access, Direction, MeaningRule } from "./meaning-rule.ts";
import { parsePortSet } from "./port-set.ts";
import { protocolIndex } from "./protocol.ts";
import { unreadable } from "./unreadable.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Names of the members of both sides. */
const members = {
  source: {
    addresses: "source addresses",
    prefix: "sourceAddressPrefix",
    prefixes: "sourceAddressPrefixes",
    groups: "sourceApplicationSecurityGroups",
    groupIds: "sourceApplicationSecurityGroupIds",
    ports: "source ports",
    range: "sourcePortRange",
    ranges: "sourcePortRanges",
  },
  destination: {
    addresses: "destination addresses",
    prefix: "destinationAddressPrefix",
    prefixes: "destinationAddressPrefixes",
    groups: "destinationApplicationSecurityGroups",
    groupIds: "destinationApplicationSecurityGroupIds",
    ports: "destination ports",
    range: "destinationPortRange",
    ranges: "destinationPortRanges",
  },
} as const;

/**
 * Reads one rule as ARM answers it, flat or with its fields under `properties`, with singular or plural fields or both.
 * Throws RefusedError `UnreadableSecurityRule` or `Ipv6NotModelled` naming rule and field.
 */
export function parseSecurityRule(value: unknown, index: number): MeaningRule {
  const outer = objectOf(value, `rule ${index}`);
  const fields = outer.properties === undefined ? outer : objectOf(outer.properties, `rule ${index}`);
  const name = typeof outer.name === "string" && outer.name !== "" ? outer.name : `rule ${index}`;
  const { protocol } = fields;
  if (typeof protocol !== "string" && typeof protocol !== "number") throw unreadable(name, "protocol is missing");
  return {
    name,
    priority: priorityOf(fields.priority, name),
    direction: wordOf<Direction>(fields.direction, ["Inbound", "Outbound"], `${name}: direction`),
    access: wordOf<Access>(fields.access, ["Allow", "Deny"], `${name}: access`),
    protocol: protocolIndex(String(protocol), name),
    source: addressesOf(members.source, fields, name),
    sourcePorts: portsOf(members.source, fields, name),
    destination: addressesOf(members.destination, fields, name),
    destinationPorts: portsOf(members.destination, fields, name),
  };
}

/** An object of JSON, else RefusedError `UnreadableSecurityRule`. */
export function objectOf(value: unknown, where: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw unreadable(where, "is not an object");
  return value as Fields;
}

function addressesOf(side: (typeof members)[keyof typeof members], fields: Fields, name: string): AddressSet {
  const where = `${name}: ${side.addresses}`;
  const prefixes = textsOf(fields[side.prefix], fields[side.prefixes], where);
  const groups = fields[side.groups] ?? fields[side.groupIds] ?? noGroups;
  if (!Array.isArray(groups)) throw unreadable(where, "application security groups are no list");
  if (groups.length === 0 && prefixes.length > 0) return parseAddressSet(prefixes, noGroups, where);
  const ids = groups.map((group) => (typeof group === "string" ? group : objectOf(group, where).id));
  if (!ids.every((id) => typeof id === "string" && id !== "")) throw unreadable(where, "an ASG has no id");
  if (prefixes.length + ids.length === 0) throw unreadable(where, "none are given");
  return parseAddressSet(prefixes, ids as string[], where);
}

function portsOf(side: (typeof members)[keyof typeof members], fields: Fields, name: string): IntervalSet {
  const where = `${name}: ${side.ports}`;
  const ranges = textsOf(fields[side.range], fields[side.ranges], where);
  if (ranges.length === 0) throw unreadable(where, "none are given");
  return parsePortSet(ranges, where);
}

/** Both members together: ARM answers the unused one empty. */
function textsOf(one: unknown, many: unknown, where: string): string[] {
  const texts: string[] = [];
  const list = many === undefined || many === null ? none : listOf(many, where);
  for (const value of one === undefined || one === null || one === "" ? list : [one, ...list]) {
    if (value === undefined || value === null || value === "") continue;
    if (typeof value !== "string" && typeof value !== "number") throw unreadable(where, "an entry is not a text");
    texts.push(String(value).trim());
  }
  return texts;
}

const noGroups: readonly string[] = [];
const none: readonly unknown[] = [];

function listOf(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw unreadable(where, "is not a list");
  return value;
}

function priorityOf(value: unknown, name: string): number {
  if (typeof value !== "number" || !Number.isInteger(value)) throw unreadable(name, "priority is not a whole number");
  return value;
}

/** The one of the words that the value is, without regard to case. Throws RefusedError `UnreadableSecurityRule`. */
export function wordOf<T extends string>(value: unknown, words: readonly T[], where: string): T {
  const text = typeof value === "string" ? value.toLowerCase() : null;
  const word = words.find((known) => known.toLowerCase() === text);
  if (word === undefined) throw unreadable(where, `is neither ${words.join(" nor ")}`);
  return word;
}
