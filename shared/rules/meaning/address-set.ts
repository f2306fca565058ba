import { type IntervalSet, intervalSet } from "./interval-set.ts";
import { symbolOfTag, tagPrefixes } from "./service-tags.ts";
import { unreadable } from "./unreadable.ts";

export const LAST_ADDRESS = 2 ** 32 - 1;

/**
 * One side of a rule: the addresses it names, and symbols for sets whose members the rules themselves do not tell (a
 * service tag, an application security group). A packet's side matches where any of them holds it.
 */
export interface AddressSet {
  readonly intervals: IntervalSet;
  /** Sorted; `tag:internet`, `asg:/subscriptions/…`: folded, as Azure ignores their case. */
  readonly symbols: readonly string[];
}

export const anyAddress: AddressSet = { intervals: [0, LAST_ADDRESS], symbols: [] };

const tagForm = /^[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)?$/;

/**
 * Reads the prefixes of one side: `*`, addresses, prefixes, ranges `a-b`, service tags; and the ids of ASGs.
 * Host bits of a prefix count for nothing. Throws RefusedError `Ipv6NotModelled`, `UnreadableSecurityRule`.
 */
export function parseAddressSet(prefixes: readonly string[], groupIds: readonly string[], where: string): AddressSet {
  const ranges: (readonly [number, number])[] = [];
  const symbols = groupIds.map((id) => `asg:${id.toLowerCase()}`);
  for (const text of prefixes) {
    const range = parseAddressRange(text, where);
    if (range !== null) {
      ranges.push(range);
      continue;
    }
    if (!tagForm.test(text)) throw unreadable(where, `${JSON.stringify(text)} is no IPv4 prefix, range or service tag`);
    const fixed = tagPrefixes(text);
    if (fixed === null) symbols.push(symbolOfTag(text));
    else for (const prefix of fixed) ranges.push(parseAddressRange(prefix, where) as readonly [number, number]);
  }
  const intervals = intervalSet(ranges);
  if (intervals[0] === 0 && intervals[1] === LAST_ADDRESS) return anyAddress;
  return { intervals, symbols: symbols.length < 2 ? symbols : [...new Set(symbols)].sort() };
}

/** First and last address of `*`, an address, a prefix or a range; null for a text of another form. */
export function parseAddressRange(text: string, where: string): readonly [number, number] | null {
  if (text === "*" || text.toLowerCase() === "any") return [0, LAST_ADDRESS];
  if (text.includes(":")) {
    throw unreadable(
      where,
      `${JSON.stringify(text)} is an IPv6 prefix, and IPv6 is not modelled`,
      "Ipv6NotModelled",
      "Ask about the rules for IPv4 only, and judge those for IPv6 by hand.",
    );
  }
  const slash = text.indexOf("/");
  if (slash >= 0) return prefixRange(text, slash, where);
  const dash = text.indexOf("-");
  const first = addressNumber(dash < 0 ? text : text.slice(0, dash).trim());
  if (first === null) return null;
  const last = dash < 0 ? first : addressNumber(text.slice(dash + 1).trim());
  if (last === null || last < first) throw unreadable(where, `${JSON.stringify(text)} is no range of addresses`);
  return [first, last];
}

function prefixRange(text: string, slash: number, where: string): readonly [number, number] {
  const address = addressNumber(text.slice(0, slash));
  const lengthText = text.slice(slash + 1);
  const length = /^\d{1,2}$/.test(lengthText) ? Number(lengthText) : Number.NaN;
  if (address === null || !(length <= 32)) throw unreadable(where, `${JSON.stringify(text)} is no IPv4 prefix`);
  const size = 2 ** (32 - length);
  const first = Math.floor(address / size) * size;
  return [first, first + size - 1];
}

/**
 * An address in dotted decimal as number; null for anything else (leading zeros too: some read them as octal). Read
 * character by character, as thousands of rules are read at once.
 */
export function addressNumber(text: string): number | null {
  let value = 0;
  let octet = -1;
  let dots = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === DOT) {
      if (octet < 0) return null;
      value = value * 256 + octet;
      octet = -1;
      dots += 1;
      continue;
    }
    const digit = code - ZERO;
    if (digit < 0 || digit > 9 || octet === 0) return null;
    octet = octet < 0 ? digit : octet * 10 + digit;
    if (octet > 255) return null;
  }
  return dots === 3 && octet >= 0 ? value * 256 + octet : null;
}

const DOT = 46;
const ZERO = 48;
