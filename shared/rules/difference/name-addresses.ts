import { ipv4Address } from "../../domain/address-prefix.ts";
import { LAST_ADDRESS, parseAddressSet } from "../meaning/address-set.ts";
import {
  complementOfIntervals,
  differenceOfIntervals,
  type IntervalSet,
  intersectionOfIntervals,
  rangesOf,
  sameIntervals,
} from "../meaning/interval-set.ts";
import { privateAddresses } from "../meaning/reading.ts";

/** A name of the spoke for addresses: a tier, the gateway, a hub. No two names share an address. */
export interface NamedAddresses {
  readonly name: string;
  readonly prefixes: readonly string[];
}

export const ANYWHERE = "anywhere";
const THE_INTERNET = "Internet";

const publicAddresses = complementOfIntervals(privateAddresses, LAST_ADDRESS);

/**
 * Addresses in the words of the spoke: names that are covered whole, parts of names with their prefixes, the Internet for
 * public addresses without a name, and prefixes for what is left; or what is left out, where that is shorter.
 */
export function nameAddresses(set: IntervalSet | null, names: readonly NamedAddresses[]): string[] {
  if (set === null) return [ANYWHERE];
  const parts = partsOf(set, names);
  const missing = partsOf(complementOfIntervals(set, LAST_ADDRESS), names);
  return missing.length < parts.length ? [`${ANYWHERE} but ${missing.join(", ")}`] : parts;
}

function partsOf(set: IntervalSet, names: readonly NamedAddresses[]): string[] {
  const parts: string[] = [];
  let rest = set;
  for (const { name, prefixes } of names) {
    const { intervals } = parseAddressSet(prefixes, [], name);
    const shared = intersectionOfIntervals(rest, intervals);
    if (shared.length === 0) continue;
    parts.push(sameIntervals(shared, intervals) ? name : `${name} (${rangesText(shared)})`);
    rest = differenceOfIntervals(rest, intervals, LAST_ADDRESS);
  }
  const internet = unnamedPublicAddresses(names);
  const toInternet = intersectionOfIntervals(rest, internet);
  if (sameIntervals(toInternet, internet)) parts.push(THE_INTERNET);
  else if (toInternet.length > 0) parts.push(`${THE_INTERNET} (${rangesText(toInternet)})`);
  const inside = differenceOfIntervals(rest, internet, LAST_ADDRESS);
  if (inside.length > 0) parts.push(rangesText(inside));
  return parts;
}

/** Whether the set holds addresses outside RFC 1918 that have no name. */
export function reachesInternet(set: IntervalSet | null, names: readonly NamedAddresses[]): boolean {
  return set === null || intersectionOfIntervals(set, unnamedPublicAddresses(names)).length > 0;
}

function unnamedPublicAddresses(names: readonly NamedAddresses[]): IntervalSet {
  const prefixes = names.flatMap((named) => named.prefixes);
  const { intervals } = parseAddressSet(prefixes, [], "names");
  return differenceOfIntervals(publicAddresses, intervals, LAST_ADDRESS);
}

const MOST_RANGES = 4;

function rangesText(set: IntervalSet): string {
  const texts = rangesOf(set).map(([first, last]) => rangeText(first, last));
  const shown = texts.slice(0, MOST_RANGES).join(", ");
  return texts.length > MOST_RANGES ? `${shown} and ${texts.length - MOST_RANGES} more` : shown;
}

/** A prefix where the range is one, else first and last address. */
function rangeText(first: number, last: number): string {
  const size = last - first + 1;
  const length = 32 - Math.log2(size);
  if (!Number.isInteger(length) || first % size !== 0) return `${ipv4Address(first)}-${ipv4Address(last)}`;
  return length === 32 ? ipv4Address(first) : `${ipv4Address(first)}/${length}`;
}
