import type { Benchmark } from "./benchmark.ts";
import { withFlowLogFiles } from "./flow-logs/flow-log-files.ts";
import { megabytesPerSecond, type ReadingTimes, readingTimes, shareOf } from "./flow-logs/reading-times.ts";
import { reductionPeak } from "./flow-logs/reduction-peak.ts";

/** `npm run bench -- flow-logs [MEGABYTES]`: the reduction of flow logs beside other ways to read them, in one run. */
export const flowLogs: Benchmark = {
  name: "flow-logs",
  summary: "reduction of 200 MB of virtual network flow logs beside JSON.parse",
  run: async (args, end) => {
    const megabytes = Number(args[0] ?? 200);
    await withFlowLogFiles(megabytes, async (files) => {
      end.throwIfAborted();
      const times = await readingTimes(files, end);
      console.log(heading.join("\n"));
      for (const row of rowsOf(times)) console.log(row);
      const { peak, base, rate, flows } = await reductionPeak(files);
      console.log(
        `\nFrom files, in pieces of 64 KiB, in a process of its own: ${rate.toFixed(0)} MB/s of the clock, ${flows} distinct flows, peak memory ${peak.toFixed(0)} MB (Node alone ${base.toFixed(0)} MB).`,
      );
    });
  },
};

const heading = [
  "| way | MB/s | its best run | of a byte touched | of JSON.parse | tuples/s |",
  "|---|---|---|---|---|---|",
];

function rowsOf(times: ReadingTimes): string[] {
  return [
    ["every byte touched once", times.touch],
    ["the reduction", times.reduction],
    ["JSON.parse alone", times.parse],
    ["JSON.parse, split and Map", times.map],
  ].map(([name, seconds]) => {
    const taken = seconds as readonly number[];
    const { median, best } = megabytesPerSecond(times.megabytes, taken);
    const tuples = (median / times.megabytes) * times.tuples;
    const shares = [times.touch, times.parse].map((other) => `${(100 * shareOf(taken, other)).toFixed(0)} %`);
    return `| ${[name, median.toFixed(0), best.toFixed(0), ...shares, `${(tuples / 1e6).toFixed(1)} M`].join(" | ")} |`;
  });
}
