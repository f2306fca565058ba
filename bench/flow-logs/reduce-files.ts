/** Reduces the files named by its arguments and prints how fast, how many flows, and the peak of resident memory. */
import { createReadStream, readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { reduceFlowRecords } from "../../shared/hardening/reduce-flow-records.ts";

const reducer = reduceFlowRecords({ window: { from: 0, to: Number.POSITIVE_INFINITY } });
const start = performance.now();
for (const file of process.argv.slice(2)) {
  reducer.begin(file);
  for await (const chunk of createReadStream(file, { highWaterMark: 64 * 1024 })) reducer.push(chunk);
  reducer.end();
}
const { flows, counts } = reducer.result();
const rate = counts.bytes / 1e6 / ((performance.now() - start) / 1000);
console.log(JSON.stringify({ peak: peakMegabytes(), rate, flows: flows.length }));

/** As Linux counts it; elsewhere what Node knows. */
function peakMegabytes(): number {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS / 1000;
  const kibibytes = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  return (Number(kibibytes) * 1024) / 1e6;
}
