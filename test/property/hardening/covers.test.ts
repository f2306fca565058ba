import fc from "fast-check";
import { expect, test } from "vitest";
import { coverPorts } from "../../../shared/hardening/narrowing/cover-ports.ts";
import { type Block, blocksOf, coverPrefixes, sizeOf } from "../../../shared/hardening/narrowing/cover-prefixes.ts";
import {
  differenceOfIntervals,
  type IntervalSet,
  intervalSet,
  rangesOf,
  unionOfIntervals,
} from "../../../shared/rules/meaning/interval-set.ts";

const LAST = 2 ** 32 - 1;
const base = 0x0a140000;

const asSet = (blocks: readonly Block[]): IntervalSet =>
  intervalSet(blocks.map((block) => [block.first, block.first + sizeOf(block) - 1] as const));
const isWithin = (inner: IntervalSet, outer: IntervalSet) => differenceOfIntervals(inner, outer, LAST).length === 0;
const size = (set: IntervalSet) => rangesOf(set).reduce((sum, [first, last]) => sum + last - first + 1, 0);

const region = fc
  .uniqueArray(fc.integer({ min: 0, max: 31 }), { minLength: 1, maxLength: 32 })
  .map((list) => intervalSet(list.map((value) => [base + value, base + value] as const)));

test("a cover holds all, lies in its region, and is as small as any that brute force finds", () => {
  fc.assert(
    fc.property(region, region, fc.integer({ min: 1, max: 4 }), (wide, some, most) => {
      const set = intervalSet(rangesOf(some).map(([first, last]) => [first, last] as const));
      const within = unionOfIntervals(wide, set);
      const cover = coverPrefixes(set, within, most);
      const best = bruteForce(set, within, most);
      expect(cover === null).toBe(best === null);
      if (cover === null || best === null) return;
      expect(cover.length).toBeLessThanOrEqual(most);
      expect(isWithin(set, asSet(cover))).toBe(true);
      expect(isWithin(asSet(cover), within)).toBe(true);
      expect(size(asSet(cover))).toBe(best);
    }),
    { numRuns: 500 },
  );
});

/** The smallest number of addresses of any choice of blocks: among the 63 of a /27. */
function bruteForce(set: IntervalSet, within: IntervalSet, most: number): number | null {
  const blocks = [32, 31, 30, 29, 28, 27].flatMap((length) =>
    Array.from({ length: 2 ** (length - 27) }, (_, index) => ({ first: base + index * 2 ** (32 - length), length })),
  );
  const usable = blocks.filter((block) => isWithin(asSet([block]), within));
  let best: number | null = null;
  const visit = (left: IntervalSet, count: number, taken: number): void => {
    if (best !== null && taken >= best) return;
    const [first] = left;
    if (first === undefined) {
      best = taken;
      return;
    }
    if (count === most) return;
    // Some block must hold the lowest address that is left.
    for (const block of usable) {
      if (first < block.first || first >= block.first + sizeOf(block)) continue;
      visit(differenceOfIntervals(left, asSet([block]), LAST), count + 1, taken + sizeOf(block));
    }
  };
  visit(set, 0, 0);
  return best;
}

test("thousands of addresses are covered under the limit", () => {
  const addresses = Array.from({ length: 4000 }, (_, index) => base + ((index * 7919) % 65_536));
  const set = intervalSet(addresses.map((address) => [address, address] as const));
  const cover = coverPrefixes(set, [base, base + 65_535], 64);
  expect(cover?.length).toBeLessThanOrEqual(64);
  expect(isWithin(set, asSet(cover ?? []))).toBe(true);
});

test("blocks of a set are that set", () => {
  fc.assert(
    fc.property(region, (set) => {
      expect(asSet(blocksOf(set))).toEqual(set);
    }),
  );
  expect(blocksOf([0, LAST])).toEqual([{ first: 0, length: 0 }]);
});

const ports = fc
  .uniqueArray(fc.integer({ min: 0, max: 11 }), { minLength: 1, maxLength: 8 })
  .map((list) => intervalSet(list.map((value) => [value, value] as const)));

test("ranges of ports hold all, lie in the rule, and are as few as any that brute force finds", () => {
  fc.assert(
    fc.property(ports, ports, fc.integer({ min: 1, max: 3 }), (wide, set, most) => {
      const allowed = unionOfIntervals(wide, set);
      const cover = coverPorts(set, allowed, most);
      const sets = Array.from({ length: 2 ** 12 }, (_, bits) =>
        intervalSet([...Array(12).keys()].filter((port) => bits & (1 << port)).map((port) => [port, port] as const)),
      );
      const sound = sets.filter((one) => one.length / 2 <= most && isWithin(set, one) && isWithin(one, allowed));
      const best = sound.length === 0 ? null : Math.min(...sound.map(size));
      expect(cover === null ? null : size(cover)).toBe(best);
      if (cover !== null) expect(sound).toContainEqual(cover);
    }),
    { numRuns: 60 },
  );
});

test("many dynamic ports in use stand for all of them, and few for themselves", () => {
  const of = (count: number) => intervalSet(Array.from({ length: count }, (_, i) => [50_000 + 3 * i, 50_000 + 3 * i]));
  expect(coverPorts(of(4), [0, 65_535], 16)).toEqual(of(4));
  expect(coverPorts(unionOfIntervals([135, 135], of(12)), [0, 65_535], 16)).toEqual([135, 135, 49_152, 65_535]);
  expect(coverPorts(of(12), [50_000, 60_000], 16)).toEqual([50_000, 60_000]);
});
