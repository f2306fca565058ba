import { isIpv4Address } from "../../domain/address-prefix.ts";
import type { MachineAddresses } from "../../domain/just-in-time-access.ts";
import type { SecurityRuleBody } from "../../domain/resource.ts";
import { resourceIdKey } from "../../domain/resource-id.ts";

/** What a rule with a name of Defender's just-in-time access is about: some machines and single ports of them. */
export interface JustInTimeRule {
  /** Keys of the ids of the machines. */
  readonly machines: ReadonlySet<string>;
  readonly ports: readonly number[];
  readonly sources: readonly string[];
}

/** Ports of one machine in one rule: Defender lists them one by one, so a wide range is not Defender's. */
const mostPorts = 64;

/**
 * Reads a rule as one of Defender's. Null where it is none: another name, outbound, a destination that is not wholly
 * addresses of known machines, an ASG on either side, a protocol without ports, or more ports than Defender names.
 */
export function justInTimeRule(rule: SecurityRuleBody, members: readonly MachineAddresses[]): JustInTimeRule | null {
  // Allows "SecurityCenter-JITRule-…", denies "SecurityCenter-JITRule_…" (Microsoft's support articles on JIT).
  if (!/^SecurityCenter-JITRule[-_]/i.test(rule.name) || rule.direction !== "Inbound") return null;
  if (!["Tcp", "Udp", "*"].includes(rule.protocol)) return null;
  if (rule.sourceApplicationSecurityGroupIds.length + rule.destinationApplicationSecurityGroupIds.length > 0)
    return null;
  const machines = machinesAt(rule.destinationAddressPrefixes, members);
  const ports = portsOf(rule.destinationPortRanges);
  const sources = rule.sourceAddressPrefixes;
  if (machines === null || ports === null || sources.length === 0) return null;
  return { machines, ports, sources };
}

/** Machines that have exactly these addresses; null where one of the prefixes is anything else. */
function machinesAt(prefixes: readonly string[], members: readonly MachineAddresses[]): ReadonlySet<string> | null {
  const byAddress = new Map(
    members.flatMap(({ virtualMachineId, privateIpAddresses }) =>
      privateIpAddresses.map((address): [string, string] => [address, resourceIdKey(virtualMachineId)]),
    ),
  );
  const machines = prefixes.map((prefix) => {
    const address = prefix.replace(/\/32$/, "");
    return isIpv4Address(address) ? byAddress.get(address) : undefined;
  });
  const known = machines.filter((machine) => machine !== undefined);
  return known.length === 0 || known.length < machines.length ? null : new Set(known);
}

/** Every single port of the ranges; null where there are none, or too many. */
function portsOf(ranges: readonly string[]): readonly number[] | null {
  const ports = new Set<number>();
  for (const range of ranges) {
    const [, first, last] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(range) ?? [];
    if (first === undefined) return null;
    const [from, to] = [Number(first), Number(last ?? first)];
    if (from > to || to > 65_535 || to - from >= mostPorts) return null;
    for (let port = from; port <= to; port++) ports.add(port);
  }
  return ports.size === 0 || ports.size > mostPorts ? null : [...ports];
}
