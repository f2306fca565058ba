import { ipv4Address, ipv4Range, prefixLength } from "./address-prefix.ts";

/**
 * The lowest prefix of the given length in the first pool that has room, overlapping none of the taken prefixes;
 * null where every pool is full. Deterministic: the order of the pools counts, that of the taken prefixes does not.
 * Throws MalformedAddressPrefixError, and RangeError for a length outside 0 to 32.
 */
export function firstFreePrefix(pools: readonly string[], length: number, taken: readonly string[]): string | null {
  if (!Number.isInteger(length) || length < 0 || length > 32)
    throw new RangeError(`no prefix has the length ${length}`);
  const ranges = taken.map(ipv4Range).sort((a, b) => a.first - b.first);
  const size = 2 ** (32 - length);
  for (const pool of pools) {
    if (prefixLength(pool) > length) continue;
    const { first, last } = ipv4Range(pool);
    let candidate = first;
    for (const range of ranges) {
      if (range.last < candidate) continue;
      if (range.first >= candidate + size) break;
      candidate = Math.ceil((range.last + 1) / size) * size;
    }
    if (candidate + size - 1 <= last) return `${ipv4Address(candidate)}/${length}`;
  }
  return null;
}
