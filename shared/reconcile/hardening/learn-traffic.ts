import type { FlowLogBlobsPort, FlowLogStorage } from "../../azure/flow-log-blobs-port.ts";
import { type FlowReduction, reduceFlowRecords } from "../../hardening/reduce-flow-records.ts";
import type { JsonBlobs } from "../../state/blob-state.ts";
import { MergedReduction } from "./merge-reductions.ts";
import { type TrafficDay, trafficDays } from "./traffic-days.ts";

/** What learning reads and keeps. */
export interface LearningTools {
  readonly flowLogBlobs: FlowLogBlobsPort;
  readonly blobs: JsonBlobs;
}

/** Distinct flows of one day, which bounds the size of its summary, and of a window, which bounds the memory. */
const mostFlowsOfDay = 60_000;
const mostFlowsOfWindow = 250_000;

/**
 * The traffic of a spoke over the learning window. A day that is over is read once: its summary is kept, and read again
 * instead of its blobs. Null where the flow log wrote nothing, or more distinct flows than can be judged.
 * @param length of the window in milliseconds
 * @throws RefusedError or TransientError where the storage could not be asked
 */
export async function learnTraffic(
  { flowLogBlobs, blobs }: LearningTools,
  spoke: string,
  storage: FlowLogStorage,
  now: number,
  length: number,
): Promise<FlowReduction | "nothing" | "too-much"> {
  const days = trafficDays(now, length);
  const folder = `traffic/${spoke}/`;
  await forget(blobs, folder, days);
  const merged = new MergedReduction();
  for (const day of days) {
    merged.add(await summaryOf({ flowLogBlobs, blobs }, `${folder}${day.name}.json`, storage, day));
    if (merged.size > mostFlowsOfWindow) return "too-much";
  }
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return "nothing";
  const result = merged.result({ from: first.window.from, to: last.window.to });
  return result === null || result.counts.blobs === 0 ? "nothing" : result;
}

async function summaryOf(
  { flowLogBlobs, blobs }: LearningTools,
  name: string,
  storage: FlowLogStorage,
  { window, settled }: TrafficDay,
): Promise<FlowReduction> {
  const kept = settled ? await blobs.read<FlowReduction>(name) : null;
  if (kept !== null) return kept.value;
  const reducer = reduceFlowRecords({ window, mostFlows: mostFlowsOfDay });
  for (const blob of await flowLogBlobs.list(storage, window.from, window.to)) {
    reducer.begin(blob.name);
    for await (const chunk of flowLogBlobs.read(storage, blob)) reducer.push(chunk);
    reducer.end();
  }
  const reduction = reducer.result();
  if (settled) await blobs.overwrite(name, reduction);
  return reduction;
}

/** Days before the window are of no use any more. */
async function forget(blobs: JsonBlobs, folder: string, days: readonly TrafficDay[]): Promise<void> {
  const wanted = new Set(days.map(({ name }) => `${folder}${name}.json`));
  for (const name of await blobs.names(folder)) if (!wanted.has(name)) await blobs.remove(name);
}
