import { LAST_ADDRESS } from "../meaning/address-set.ts";
import { LAST_PORT } from "../meaning/port-set.ts";
import { OTHER_PROTOCOL } from "../meaning/protocol.ts";
import { INTERNET, VIRTUAL_NETWORK } from "../meaning/service-tags.ts";

/**
 * One question that a diagram asks about a packet: a field, or whether a side belongs to a symbol. Fields come first,
 * in the order that kept diagrams of real rule sets smallest (docs/proof.md); symbols follow by name.
 */
export interface Level {
  readonly name: string;
  /** Values run from 0 to this one. */
  readonly last: number;
}

export const fieldLevels = {
  destination: 0,
  source: 1,
  sourcePort: 2,
  protocol: 3,
  destinationPort: 4,
} as const;

export const fieldCount = 5;

const fields: readonly Level[] = [
  { name: "destinationAddress", last: LAST_ADDRESS },
  { name: "sourceAddress", last: LAST_ADDRESS },
  { name: "sourcePort", last: LAST_PORT },
  { name: "protocol", last: OTHER_PROTOCOL },
  { name: "destinationPort", last: LAST_PORT },
];

export type Side = "source" | "destination";

/** Values of a side's zone: one of both tags, or neither; never both, as the tags exclude each other. */
export const zones = { [VIRTUAL_NETWORK]: 0, [INTERNET]: 1, neither: 2 } as const;

/** Name of the level that a symbol of one side is asked at, and the value that says "is a member". */
export function symbolLevel(side: Side, symbol: string): { name: string; member: number } {
  if (symbol === VIRTUAL_NETWORK || symbol === INTERNET) return { name: `${side} zone`, member: zones[symbol] };
  return { name: `${side} ${symbol}`, member: 1 };
}

/** All levels in their order, given the names of those of symbols. */
export function levelsWith(symbolLevelNames: ReadonlySet<string>): readonly Level[] {
  const symbols = [...symbolLevelNames].sort();
  return [...fields, ...symbols.map((name) => ({ name, last: name.endsWith(" zone") ? zones.neither : 1 }))];
}
