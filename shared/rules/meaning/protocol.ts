import { unreadable } from "./unreadable.ts";

/**
 * Protocols that a rule can name (REST API, SecurityRuleProtocol), with their IANA numbers. All others meet only rules
 * for `*`, so that one value stands for them. The order is that in which a counterexample is looked for.
 */
export const namedProtocols = [
  { name: "Tcp", number: 6 },
  { name: "Udp", number: 17 },
  { name: "Icmp", number: 1 },
  { name: "Esp", number: 50 },
  { name: "Ah", number: 51 },
] as const;

export type ProtocolName = (typeof namedProtocols)[number]["name"];

/** Index of "a protocol that no rule can name"; SCTP stands for them where a packet is shown. */
export const OTHER_PROTOCOL = namedProtocols.length;
const OTHER_PROTOCOL_NUMBER = 132;

const indexByText: ReadonlyMap<string, number> = new Map(
  namedProtocols.flatMap(({ name, number }, index) => [
    [name.toLowerCase(), index],
    [String(number), index],
  ]),
);

/** Index of a rule's protocol, or null for any. Azure compares the names without regard to case. */
export function protocolIndex(text: string, where: string): number | null {
  const folded = text.toLowerCase();
  if (folded === "*" || folded === "any") return null;
  const index = indexByText.get(folded);
  if (index === undefined)
    throw unreadable(where, `protocol ${JSON.stringify(text)} is none of Tcp, Udp, Icmp, Esp, Ah, *`);
  return index;
}

/** Index of a packet's protocol, given by name or IANA number. */
export function packetProtocolIndex(protocol: string | number, where: string): number {
  const index = indexByText.get(String(protocol).toLowerCase());
  if (index !== undefined) return index;
  const number = Number(protocol);
  if (!Number.isInteger(number) || number < 0 || number > 255 || protocol === "") {
    throw unreadable(where, `protocol ${JSON.stringify(protocol)} is neither a name nor an IANA number`);
  }
  return OTHER_PROTOCOL;
}

/** A packet's protocol as rules spell it, or the IANA number of one that none can name. */
export function protocolOf(index: number): ProtocolName | number {
  return namedProtocols[index]?.name ?? OTHER_PROTOCOL_NUMBER;
}
