import type { Engine } from "../engine/engine.ts";
import { conversationsIn, streamsOf } from "./conversations.ts";
import type { FlowOrder } from "./flow-order.ts";
import { flowBlobName, flowRecord, recordFrame } from "./flow-record.ts";
import { type FlowTuple, flowTuples } from "./flow-tuples.ts";
import { networkMap } from "./network-map.ts";
import { SeededRandom } from "./seeded-random.ts";
import type { SilentFlowLogs } from "./silent-flow-logs.ts";
import { flowLogContainer, writableFlowLog } from "./writable-flow-log.ts";
import { writeFlowBlob } from "./write-flow-blob.ts";

/** What was written. */
export interface SimulatedFlows {
  readonly flowLogId: string;
  readonly storageAccount: string;
  readonly container: string;
  readonly blobs: number;
  readonly records: number;
  readonly tuples: number;
  readonly bytes: number;
  /** Connections that were made, and that somebody tried in vain. */
  readonly connections: { readonly allowed: number; readonly denied: number };
}

const minute = 60_000;
const hour = 3_600_000;
const atOnce = 8;

/**
 * Writes the flow log of the traffic that an order asks for, hour by hour. Who gets through is decided by the NSGs that
 * stand now. The same order on the same network writes the same.
 * @throws FlowRefusal where the order is wrong, or Azure would write nothing either
 */
export async function simulateFlows(engine: Engine, silent: SilentFlowLogs, order: FlowOrder): Promise<SimulatedFlows> {
  const { flowLog, network, storage, accountName, states } = writableFlowLog(engine, silent, order);
  const map = networkMap(engine.world, network);
  const firstHour = Math.floor(order.from / hour) * hour;
  const streams = streamsOf(map, order.profile, (order.to - firstHour) / hour);
  const container = (await storage.blobs(accountName)).getContainerClient(flowLogContainer);
  await container.createIfNotExists();
  const frame = recordFrame(flowLog);
  const random = new SeededRandom(order.seed);
  const connections = { allowed: 0, denied: 0 };
  const written = { blobs: 0, records: 0, tuples: 0, bytes: 0 };
  let later: readonly FlowTuple[] = [];
  for (let hourStart = firstHour; hourStart < order.to; hourStart += hour) {
    const inTime = [...conversationsIn(hourStart, streams, random)].filter(
      ({ startedAt }) => startedAt >= order.from && startedAt < order.to,
    );
    const lines = inTime.map((conversation) => flowTuples(map, conversation)).filter(({ length }) => length > 0);
    const denied = lines.filter((each) => each.some(isDenied)).length;
    connections.denied += denied;
    connections.allowed += lines.length - denied;
    const tuples = [...later, ...lines.flat().filter((line) => states.has(stateOf(line)))];
    const hourEnd = Math.min(hourStart + hour, order.to);
    later = tuples.filter(({ time }) => time >= hourEnd);
    const now = tuples.filter(({ time }) => time < hourEnd);
    written.tuples += now.length;
    const write = async ([macAddress, records]: readonly [string, readonly string[]]): Promise<void> => {
      const blob = container.getBlockBlobClient(flowBlobName(flowLog.id, order.layout, macAddress, hourStart));
      const bytes = await writeFlowBlob(blob, records, order.blocks === "hour");
      written.bytes += bytes;
      written.blobs += 1;
      written.records += records.length;
    };
    await inParallel(recordsByBlob(frame, now), write);
  }
  return { flowLogId: flowLog.id, storageAccount: accountName, container: flowLogContainer, ...written, connections };
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += atOnce) await Promise.all(items.slice(from, from + atOnce).map(work));
}

function stateOf({ text }: FlowTuple): string {
  return text.split(",")[7] ?? "";
}

function isDenied(line: FlowTuple): boolean {
  return stateOf(line) === "D";
}

/** The records of each interface, a minute each, in order. */
function recordsByBlob(
  frame: ReturnType<typeof recordFrame>,
  tuples: readonly FlowTuple[],
): readonly (readonly [string, readonly string[]])[] {
  const byInterface = Map.groupBy(tuples, ({ macAddress }) => macAddress);
  return [...byInterface].map(([macAddress, lines]) => {
    const byMinute = Map.groupBy(lines, ({ time }) => Math.floor(time / minute) * minute);
    const minutes = [...byMinute].sort(([a], [b]) => a - b);
    const records = minutes.map(([start, ofMinute]) => {
      const sorted = [...ofMinute].sort((a, b) => a.time - b.time);
      return flowRecord(frame, macAddress, start, sorted);
    });
    return [macAddress, records] as const;
  });
}
