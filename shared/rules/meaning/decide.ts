import { type AddressSet, addressNumber } from "./address-set.ts";
import { intervalSetHolds } from "./interval-set.ts";
import type { MeaningRule } from "./meaning-rule.ts";
import { type Memberships, noMemberships, type Packet } from "./packet.ts";
import { packetProtocolIndex } from "./protocol.ts";
import { unreadable } from "./unreadable.ts";

/**
 * The rule that decides on a packet: the first in order of priority that it meets (Microsoft Learn, "Network security
 * groups", security rules). Throws RefusedError `UnreadableSecurityRule` for a packet without meaning.
 */
export function decide(
  rules: readonly MeaningRule[],
  packet: Packet,
  memberships: Memberships = noMemberships,
): MeaningRule {
  const protocol = packetProtocolIndex(packet.protocol, "packet");
  const source = addressOf(packet.sourceAddress);
  const destination = addressOf(packet.destinationAddress);
  const rule = rules.find(
    (rule) =>
      (rule.protocol === null || rule.protocol === protocol) &&
      intervalSetHolds(rule.destinationPorts, packet.destinationPort) &&
      intervalSetHolds(rule.sourcePorts, packet.sourcePort) &&
      sideHolds(rule.source, source, memberships.source) &&
      sideHolds(rule.destination, destination, memberships.destination),
  );
  if (rule === undefined) throw new RangeError("rules without a default rule decide nothing");
  return rule;
}

function sideHolds(set: AddressSet, address: number, memberships: readonly string[]): boolean {
  return intervalSetHolds(set.intervals, address) || set.symbols.some((symbol) => memberships.includes(symbol));
}

function addressOf(text: string): number {
  const address = addressNumber(text);
  if (address === null) throw unreadable("packet", `${JSON.stringify(text)} is no IPv4 address`);
  return address;
}
