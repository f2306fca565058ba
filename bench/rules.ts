import { Z3Oracle } from "../test/property/rules/z3-oracle.ts";
import type { Benchmark } from "./benchmark.ts";
import { type ComparisonTimes, comparisonTimes } from "./rules/comparison-times.ts";
import { peakOfNode, peakOfTool } from "./rules/peak-memory.ts";
import { ruleFamilies } from "./rules/rule-families.ts";

/** `npm run bench -- rules [SIZE…]`: exact comparison of NSGs beside Z3, on the same pairs in one run. */
export const rules: Benchmark = {
  name: "rules",
  summary: "exact comparison of two NSGs beside Z3: 10, 100, 300 and 1000 rules",
  run: async (args, end) => {
    const sizes = args.length > 0 ? args.map(Number) : [10, 100, 300, 1000];
    const oracle = await Z3Oracle.start();
    try {
      console.log(heading.join("\n"));
      for (const family of ruleFamilies) {
        for (const size of sizes) console.log(row(await comparisonTimes(family, size, { ...counts, oracle, end })));
      }
    } finally {
      oracle.close();
    }
    const base = await peakOfNode();
    const [one, many] = [(await peakOfTool(1)) - base, (await peakOfTool(25)) - base];
    const over = (megabytes: number) => `${megabytes.toFixed(0)} MB`;
    console.log(
      `\nThe tool's peak memory over Node's own ${over(base)}, pairs of 1000 rules: ${over(one)} for 4, ${over(many)} for 100.`,
    );
  },
};

const counts = { runs: 25, z3Runs: 5 };

const heading = [
  "| rule sets | rules | compare ms | its maximum | read and compare ms | Z3 ms | Z3 / compare | Z3 / read and compare |",
  "|---|---|---|---|---|---|---|---|",
];

function row(times: ComparisonTimes): string {
  const { family, size, compareMedian, compareMax, wholeMedian, z3Median } = times;
  const cells = [compareMedian, compareMax, wholeMedian].map((value) => value.toFixed(2));
  const ratios = [z3Median, z3Median / compareMedian, z3Median / wholeMedian].map((value) => value.toFixed(0));
  return `| ${[family, size, ...cells, ...ratios].join(" | ")} |`;
}
