import { createHash, randomUUID } from "node:crypto";
import type { JsonObject } from "../../../json.ts";
import type { NamedRule } from "../../../network/security-groups/rule-set.ts";
import type { Resource } from "../../../resource.ts";
import { inboundRules, isForPort } from "../inbound-rules.ts";
import { type PortRule, type RequestedPort, sourcesOf } from "./policy-shape.ts";

const lowest = 4096;
const highest = 100;
/** Where Defender goes with its denial when a rule in front would make it void. */
const inFront = 1000;

/** A rule that is to be written into a network security group. */
export interface JitRule {
  readonly name: string;
  readonly properties: JsonObject;
}

/**
 * The denial of a machine's ports, as Defender writes it with a policy: from everywhere to the machine's private
 * addresses, at the lowest free priority; at 1000 or the next free one where a rule that allows one of the ports would
 * go before it otherwise. Defender also moves rules of others; local Azure moves none.
 * Source: Microsoft's self-help guide of just-in-time access, and rules in public exports (priorities 4096, 4095, 1000).
 */
export function denialRule(
  group: Resource,
  policy: string,
  machine: Resource,
  ports: readonly PortRule[],
  addresses: readonly string[],
): JitRule {
  return {
    name: `SecurityCenter-JITRule_${machineNumber(machine)}_${hexGuid()}`,
    properties: {
      description: `ASC JIT Network Access rule for policy '${policy}' of VM '${machine.name}'.`,
      protocol: "*",
      ...sides("sourcePortRange", ["*"]),
      ...sides(
        "destinationPortRange",
        ports.map(({ number }) => String(number)),
      ),
      ...sides("sourceAddressPrefix", ["*"]),
      ...sides("destinationAddressPrefix", addresses),
      access: "Deny",
      priority: denialPriority(group, ports),
      direction: "Inbound",
    },
  };
}

/** The rule that lets a request in: at the highest free priority. */
export function permissionRule(
  group: Resource,
  policy: string,
  machine: Resource,
  port: RequestedPort,
  protocol: PortRule["protocol"],
  addresses: readonly string[],
): JitRule {
  const taken = takenPriorities(group);
  return {
    name: `SecurityCenter-JITRule-${machineNumber(machine)}-${hexGuid()}`,
    properties: {
      description: `ASC JIT Network Access rule created by an initiation request for policy '${policy}' of VM '${machine.name}'.`,
      protocol: protocol === "*" ? "*" : protocol === "TCP" ? "Tcp" : "Udp",
      ...sides("sourcePortRange", ["*"]),
      ...sides("destinationPortRange", [String(port.number)]),
      ...sides("sourceAddressPrefix", sourcesOf(port)),
      ...sides("destinationAddressPrefix", addresses),
      access: "Allow",
      priority: firstFree(taken, highest, 1),
      direction: "Inbound",
    },
  };
}

/** True for a rule that Defender wrote for the machine; `Deny` and `Allow` have names of their own. */
export function isRuleOf(rule: NamedRule, machine: Resource): boolean {
  const number = machineNumber(machine);
  return ["_", "-"].some((sign) => rule.name.startsWith(`SecurityCenter-JITRule${sign}${number}${sign}`));
}

function denialPriority(group: Resource, ports: readonly PortRule[]): number {
  const taken = takenPriorities(group);
  const last = firstFree(taken, lowest, -1);
  const rivals = inboundRules(group).filter(
    ({ properties }) =>
      properties.access === "Allow" &&
      Number(properties.priority) < last &&
      !String(properties.description ?? "").startsWith("ASC JIT") &&
      ports.some(({ number }) => isForPort(properties, number)),
  );
  const first = rivals[0];
  if (first === undefined) return last;
  const before = firstFree(taken, inFront, 1);
  return before < Number(first.properties.priority) ? before : last;
}

function takenPriorities(group: Resource): ReadonlySet<number> {
  return new Set(inboundRules(group).map(({ properties }) => Number(properties.priority)));
}

function firstFree(taken: ReadonlySet<number>, from: number, step: 1 | -1): number {
  let priority = from;
  while (taken.has(priority)) priority += step;
  return priority;
}

/** One value in the singular member, several in the plural one; the other is empty, as Azure answers it. */
function sides(member: string, values: readonly string[]): JsonObject {
  const several = values.length > 1;
  const plural = `${member}${member.endsWith("Prefix") ? "es" : "s"}`;
  return several ? { [plural]: values } : { [member]: values[0], [plural]: [] };
}

/** The number with which Defender tells machines apart: the same for a machine every time, perhaps negative. */
function machineNumber({ id }: Resource): number {
  return createHash("sha256").update(id.toLowerCase()).digest().readInt32BE(0);
}

function hexGuid(): string {
  return randomUUID().replaceAll("-", "").toUpperCase();
}
