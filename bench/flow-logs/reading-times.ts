import { readFile } from "node:fs/promises";
import { reduceFlowRecords } from "../../shared/hardening/reduce-flow-records.ts";

/** Seconds of CPU of each run. */
export interface ReadingTimes {
  readonly megabytes: number;
  readonly tuples: number;
  readonly touch: readonly number[];
  readonly reduction: readonly number[];
  readonly parse: readonly number[];
  readonly map: readonly number[];
}

const runs = 9;
const piece = 64 * 1024;

/**
 * Reads the same blobs in each way by turns, from memory: CPU time, as other work on the machine would count otherwise.
 * Throws where ways disagree on the number of distinct flows.
 */
export async function readingTimes(files: readonly string[], end: AbortSignal): Promise<ReadingTimes> {
  const blobs = await Promise.all(files.map((file) => readFile(file)));
  const times = { touch: [], reduction: [], parse: [], map: [] } as Record<
    "touch" | "reduction" | "parse" | "map",
    number[]
  >;
  let tuples = 0;
  for (let run = 0; run < runs; run += 1) {
    end.throwIfAborted();
    times.touch.push(secondsOf(() => touched(blobs)));
    let reduced = { flows: 0, tuples: 0 };
    times.reduction.push(secondsOf(() => (reduced = reducedFrom(blobs))));
    // Texts that were decoded before: JSON.parse alone is measured at its best.
    times.parse.push(sumOf(blobs.map((blob) => ofText(blob, (text) => JSON.parse(text)))));
    if (run === 0) {
      const flows = new Map<string, number[]>();
      times.map.push(sumOf(blobs.map((blob) => ofText(blob, (text) => addTo(flows, JSON.parse(text))))));
      if (flows.size !== reduced.flows)
        throw new Error(`${flows.size} flows by Map, ${reduced.flows} by the reduction`);
    }
    tuples = reduced.tuples;
  }
  return { megabytes: sumOf(blobs.map(({ length }) => length)) / 1e6, tuples, ...times };
}

/** Median and best of some runs. */
export function megabytesPerSecond(megabytes: number, seconds: readonly number[]): { median: number; best: number } {
  const rates = seconds.map((one) => megabytes / one).sort((a, b) => a - b);
  return { median: rates[Math.floor(rates.length / 2)] ?? 0, best: rates.at(-1) ?? 0 };
}

/** How fast a way is beside another: the median over runs that followed each other at once, under the same other work. */
export function shareOf(seconds: readonly number[], other: readonly number[]): number {
  const shares = seconds.map((one, run) => (other[run] ?? Number.NaN) / one).sort((a, b) => a - b);
  return shares[Math.floor((shares.length - 1) / 2)] ?? Number.NaN;
}

function secondsOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function ofText(blob: Buffer, work: (text: string) => unknown): number {
  const text = blob.toString("latin1");
  return secondsOf(() => work(text));
}

function touched(blobs: readonly Buffer[]): number {
  let sum = 0;
  for (const blob of blobs) for (let at = 0; at < blob.length; at += 1) sum = (sum + (blob[at] as number)) | 0;
  return sum;
}

function reducedFrom(blobs: readonly Buffer[]): { flows: number; tuples: number } {
  const reducer = reduceFlowRecords({ window: { from: 0, to: Number.POSITIVE_INFINITY } });
  for (const blob of blobs) {
    reducer.begin("");
    for (let at = 0; at < blob.length; at += piece) reducer.push(blob.subarray(at, at + piece));
    reducer.end();
  }
  const { flows, counts } = reducer.result();
  return { flows: flows.length, tuples: counts.tuples };
}

interface Document {
  readonly records: readonly {
    readonly flowRecords: {
      readonly flows: readonly {
        readonly aclID: string;
        readonly flowGroups: readonly { readonly rule: string; readonly flowTuples: readonly string[] }[];
      }[];
    };
  }[];
}

/** What one would write first: each tuple split, and summed under a text. */
function addTo(flows: Map<string, number[]>, { records }: Document): void {
  const groups = records.flatMap(({ flowRecords }) =>
    flowRecords.flows.flatMap(({ aclID, flowGroups }) => flowGroups.map((group) => ({ aclID, ...group }))),
  );
  for (const { aclID, rule, flowTuples } of groups) {
    for (const tuple of flowTuples) {
      const fields = tuple.split(",");
      const [time, source, destination, , port, protocol, direction, state] = fields;
      const key = `${source} ${destination} ${port} ${protocol} ${direction} ${state !== "D"} ${aclID} ${rule}`;
      const counters = fields.slice(9).map(Number);
      const sums = flows.get(key);
      if (sums === undefined) flows.set(key, [...counters, Number(time), Number(time), 1]);
      else addCounters(sums, counters, Number(time));
    }
  }
}

function addCounters(sums: number[], counters: readonly number[], time: number): void {
  for (let i = 0; i < 4; i += 1) sums[i] = (sums[i] as number) + (counters[i] as number);
  sums[4] = Math.min(sums[4] as number, time);
  sums[5] = Math.max(sums[5] as number, time);
  sums[6] = (sums[6] as number) + 1;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
