import { decide } from "../meaning/decide.ts";
import type { MeaningRule, SecurityGroupMeaning } from "../meaning/meaning-rule.ts";
import type { Memberships, Packet } from "../meaning/packet.ts";
import { type Reading, readAs } from "../meaning/reading.ts";

/** What one network security group does with a packet. */
export interface Decision {
  readonly networkSecurityGroup: string;
  readonly access: "Allow" | "Deny" | "Unknown";
  readonly rule: string;
  readonly priority: number;
  /** Rules before the deciding one that would decide if the packet belonged to the tag or ASG that they name. */
  readonly undecided: readonly {
    readonly rule: string;
    readonly priority: number;
    readonly symbols: readonly string[];
  }[];
}

export interface Explanation {
  /** "Unknown" where it hangs on the members of a tag or ASG that were not told. */
  readonly access: "Allow" | "Deny" | "Unknown";
  /** In the order of the packet's way, up to the first that denies it. */
  readonly decisions: readonly Decision[];
}

/**
 * Which rule decides on one packet, at each NSG on its way (outbound the NIC's, then the subnet's; inbound the other
 * way round), as Network Watcher's IP flow verify says. `reading` tells the addresses of tags, and `memberships`
 * the symbols that the packet's sides are known to belong to; nothing is guessed of any other symbol.
 */
export function explain(
  groups: readonly SecurityGroupMeaning[],
  packet: Packet,
  reading: Reading,
  memberships: Memberships,
): Explanation {
  const decisions: Decision[] = [];
  for (const group of groups) {
    const decision = decisionOf(group.name, readAs(group[packet.direction], reading), packet, memberships);
    decisions.push(decision);
    if (decision.access === "Deny") return { access: "Deny", decisions };
  }
  const unknown = decisions.some(({ access }) => access === "Unknown");
  return { access: unknown ? "Unknown" : "Allow", decisions };
}

function decisionOf(
  networkSecurityGroup: string,
  rules: readonly MeaningRule[],
  packet: Packet,
  memberships: Memberships,
): Decision {
  const known = decide(rules, packet, memberships);
  const undecided: { rule: string; priority: number; symbols: string[] }[] = [];
  const accesses = new Set([known.access]);
  for (const rule of rules.slice(0, rules.indexOf(known))) {
    const symbols = [...rule.source.symbols, ...rule.destination.symbols];
    if (symbols.length === 0) continue;
    const everywhere = { source: rule.source.symbols, destination: rule.destination.symbols };
    if (decide([rule, ...rules], packet, everywhere) !== rule) continue;
    undecided.push({ rule: rule.name, priority: rule.priority, symbols });
    accesses.add(rule.access);
  }
  const access = accesses.size === 1 ? known.access : "Unknown";
  return { networkSecurityGroup, access, rule: known.name, priority: known.priority, undecided };
}
