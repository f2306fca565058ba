import { isIPv4 } from "node:net";
import type { JsonObject } from "../json.ts";
import { defaultSecurityRules } from "../network/security-groups/default-security-rules.ts";
import { parsePortRange } from "../network/security-groups/port-range.ts";
import type { NamedRule } from "../network/security-groups/rule-set.ts";
import type { Resource } from "../resource.ts";
import { idKey } from "../resource-id.ts";
import { Ipv4Set } from "./ipv4-set.ts";

/** One side of a rule: `*`, a tag, addresses or application security groups. */
export type CompiledSide =
  | { readonly kind: "any" }
  | { readonly kind: "tag"; readonly tag: string }
  | { readonly kind: "addresses"; readonly addresses: Ipv4Set }
  | { readonly kind: "groups"; readonly groups: readonly string[] };

type Ports = readonly { readonly first: number; readonly last: number }[];

/** A rule, ready to be held against packets. */
export interface CompiledRule {
  /** As flow logs write it: default rules with `DefaultRule_` before their names. */
  readonly name: string;
  readonly allows: boolean;
  readonly direction: "Inbound" | "Outbound";
  readonly protocol: string;
  readonly source: CompiledSide;
  readonly destination: CompiledSide;
  readonly sourcePorts: Ports;
  readonly destinationPorts: Ports;
}

/** A network security group, its rules in the order in which they are asked. */
export interface CompiledGroup {
  readonly id: string;
  /** The group's GUID, by which flow logs name it. */
  readonly aclId: string;
  readonly rules: readonly CompiledRule[];
}

/** Prepares a group's custom and default rules. */
export function compileGroup(group: Resource): CompiledGroup {
  const custom = ((group.body.properties.securityRules ?? []) as NamedRule[]).map((rule) => compiled(rule, rule.name));
  const defaults = defaultSecurityRules.map((rule) => compiled(rule, `DefaultRule_${rule.name}`));
  const rules = [...custom, ...defaults].sort((a, b) => a.priority - b.priority);
  return { id: group.id, aclId: String(group.body.properties.resourceGuid), rules };
}

function compiled({ properties }: NamedRule, name: string): CompiledRule & { readonly priority: number } {
  return {
    name,
    priority: Number(properties.priority),
    allows: properties.access === "Allow",
    direction: properties.direction === "Inbound" ? "Inbound" : "Outbound",
    protocol: String(properties.protocol),
    source: sideOf(properties, "source"),
    destination: sideOf(properties, "destination"),
    sourcePorts: portsOf(properties, "source"),
    destinationPorts: portsOf(properties, "destination"),
  };
}

function sideOf(rule: JsonObject, side: "source" | "destination"): CompiledSide {
  const groups = (rule[`${side}ApplicationSecurityGroups`] ?? []) as { id: string }[];
  if (groups.length > 0) return { kind: "groups", groups: groups.map(({ id }) => idKey(id)) };
  const many = (rule[`${side}AddressPrefixes`] ?? []) as string[];
  const single = rule[`${side}AddressPrefix`];
  if (single === "*") return { kind: "any" };
  const prefixes = typeof single === "string" ? [single, ...many] : many;
  const [first = ""] = prefixes;
  const isTag = !first.includes("/") && !first.includes(":") && !isIPv4(first);
  return isTag ? { kind: "tag", tag: first } : { kind: "addresses", addresses: new Ipv4Set(prefixes) };
}

function portsOf(rule: JsonObject, side: "source" | "destination"): Ports {
  const single = rule[`${side}PortRange`];
  const many = (rule[`${side}PortRanges`] ?? []) as string[];
  return (typeof single === "string" ? [single, ...many] : many).flatMap((range) => parsePortRange(range) ?? []);
}
