import { type AddressSet, anyAddress, LAST_ADDRESS, parseAddressSet } from "./address-set.ts";
import { complementOfIntervals, type IntervalSet, unionOfIntervals } from "./interval-set.ts";
import type { MeaningRule } from "./meaning-rule.ts";
import { INTERNET, VIRTUAL_NETWORK } from "./service-tags.ts";

/** Addresses of symbols, where they are known or supposed. */
export type Reading = ReadonlyMap<string, IntervalSet>;

/** The reading in which the given prefixes are the tag VirtualNetwork, and all other addresses the tag Internet. */
export function readingOf(virtualNetwork: readonly string[]): Reading {
  const { intervals } = parseAddressSet(virtualNetwork, [], "VirtualNetwork");
  return new Map([
    [VIRTUAL_NETWORK, intervals],
    [INTERNET, complementOfIntervals(intervals, LAST_ADDRESS)],
  ]);
}

const privatePrefixes = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** RFC 1918, section 3. */
export const privateAddresses: IntervalSet = parseAddressSet(privatePrefixes, [], "RFC 1918").intervals;

/** What most networks are: private addresses inside, all others the Internet. */
export const usualReading: Reading = readingOf(privatePrefixes);

/** The rules with the symbols of the reading replaced by their addresses. */
export function readAs(rules: readonly MeaningRule[], reading: Reading): readonly MeaningRule[] {
  return rules.map((rule) => ({
    ...rule,
    source: readSide(rule.source, reading),
    destination: readSide(rule.destination, reading),
  }));
}

function readSide(side: AddressSet, reading: Reading): AddressSet {
  if (side.symbols.length === 0) return side;
  const intervals = side.symbols.reduce(
    (union, symbol) => unionOfIntervals(union, reading.get(symbol) ?? []),
    side.intervals,
  );
  if (intervals[0] === 0 && intervals[1] === LAST_ADDRESS) return anyAddress;
  return { intervals, symbols: side.symbols.filter((symbol) => !reading.has(symbol)) };
}
