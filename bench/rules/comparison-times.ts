import { performance } from "node:perf_hooks";
import { compare } from "../../shared/rules/compare/compare.ts";
import { parseSecurityGroup } from "../../shared/rules/meaning/parse-security-group.ts";
import type { Z3Oracle } from "../../test/property/rules/z3-oracle.ts";
import type { Pair, RuleFamily } from "./rule-families.ts";
import { seeded } from "./rule-families.ts";

/** Milliseconds of one family and size. */
export interface ComparisonTimes {
  readonly family: string;
  readonly size: number;
  /** Comparison alone. */
  readonly compareMedian: number;
  readonly compareMax: number;
  /** From JSON's objects to the answer. */
  readonly wholeMedian: number;
  /** Of Z3, formulas included; on the first pairs of the same. */
  readonly z3Median: number;
  readonly z3Runs: number;
  readonly runs: number;
}

/**
 * Measures one family: our comparison on `runs` pairs, each the best of three as a machine with other work disturbs single
 * runs, and Z3 on the first `z3Runs` of them once. Throws where the verdicts differ.
 */
export async function comparisonTimes(
  family: RuleFamily,
  size: number,
  { runs, z3Runs, oracle, end }: { runs: number; z3Runs: number; oracle: Z3Oracle; end: AbortSignal },
): Promise<ComparisonTimes> {
  const random = seeded(size + family.name.length);
  const pairs = Array.from({ length: runs }, () => family.pair(size, random));
  for (const pair of pairs.slice(0, 5)) ourTimes(pair);
  const times = pairs.map((pair) => ourTimes(pair));
  const z3: number[] = [];
  for (const [index, [a, b]] of pairs.slice(0, z3Runs).entries()) {
    end.throwIfAborted();
    const start = performance.now();
    const found = await oracle.difference(a, b, "Inbound");
    z3.push(performance.now() - start);
    if ((found === null) !== times[index]?.equal)
      throw new Error(`${family.name}, ${size}, pair ${index}: Z3 disagrees`);
  }
  return {
    family: family.name,
    size,
    compareMedian: median(times.map((time) => time.compare)),
    compareMax: Math.max(...times.map((time) => time.compare)),
    wholeMedian: median(times.map((time) => time.whole)),
    z3Median: median(z3),
    z3Runs,
    runs,
  };
}

function ourTimes([a, b]: Pair): { compare: number; whole: number; equal: boolean } {
  const tries = [1, 2, 3].map(() => {
    const start = performance.now();
    const groups = [parseSecurityGroup(a), parseSecurityGroup(b)] as const;
    const parsed = performance.now();
    const { equal } = compare(...groups);
    const done = performance.now();
    return { compare: done - parsed, whole: done - start, equal };
  });
  const equal = tries.every((one) => one.equal);
  return {
    compare: Math.min(...tries.map((one) => one.compare)),
    whole: Math.min(...tries.map((one) => one.whole)),
    equal,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}
