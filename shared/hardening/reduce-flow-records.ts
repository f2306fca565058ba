import { DecisionNames } from "./flow-logs/decision-names.ts";
import { FlowTable } from "./flow-logs/flow-table.ts";
import { InterfaceHours, type ObservedInterface } from "./flow-logs/interface-hours.ts";
import type { ObservedFlow } from "./flow-logs/observed-flow.ts";
import { RecordScanner } from "./flow-logs/record-scanner.ts";
import { type ReductionCounts, ReductionReport, type ReductionSample } from "./flow-logs/reduction-report.ts";
import { TupleBatch } from "./flow-logs/tuple-batch.ts";
import { type LearningWindow, TupleCounter } from "./flow-logs/tuple-counter.ts";
import { TupleMemory } from "./flow-logs/tuple-memory.ts";

export interface ReductionOptions {
  /** Flows outside it are counted and set aside. */
  readonly window: LearningWindow;
  /** Distinct flows that are told apart at most; 300,000 unless given, which take up to 30 MB. */
  readonly mostFlows?: number;
}

/** What the blobs of a flow log hold. */
export interface FlowReduction {
  readonly window: LearningWindow;
  readonly flows: readonly ObservedFlow[];
  readonly interfaces: readonly ObservedInterface[];
  readonly counts: Readonly<ReductionCounts>;
  /** A few of what was set aside, for people to look at. */
  readonly samples: readonly ReductionSample[];
  /**
   * There were too many distinct flows, and those of an outcome are told less finely: by larger prefixes at the far end,
   * and in the end by any port. All are counted.
   */
  readonly tooManyFlows: { readonly allowed: boolean; readonly denied: boolean };
}

/** Reduces flow logs bit by bit: `begin` a blob, `push` its bytes, `end` it; and so on for each; then `result`. */
export interface FlowRecordReducer {
  /** A blob begins. The name stands in samples. */
  begin(blob: string): void;
  /** The next bytes of the blob, cut anywhere. They are not kept. */
  push(chunk: Uint8Array): void;
  /** The blob has no more bytes. */
  end(): void;
  /** What stands so far. */
  result(): FlowReduction;
}

/**
 * Reduces blobs of virtual network flow logs (records of version 4) to distinct flows. Nothing in the blobs is fatal: what
 * is cut off, malformed, repeated, of IPv6 or of another version is counted, and samples of it are kept. Memory is
 * bounded by `mostFlows`, by one record, and by the tuples of one blob that are remembered (16 MiB).
 */
export function reduceFlowRecords({ window, mostFlows = 300_000 }: ReductionOptions): FlowRecordReducer {
  const batch = new TupleBatch();
  const table = new FlowTable(mostFlows);
  const memory = new TupleMemory();
  const interfaces = new InterfaceHours();
  const decisions = new DecisionNames();
  const report = new ReductionReport();
  const { counts } = report;
  const counter = new TupleCounter({ batch, table, memory, interfaces, report }, window);
  const scanner = new RecordScanner({ batch, memory, counter, decisions, interfaces, report });
  return {
    begin(blob) {
      counts.blobs += 1;
      report.blob = blob;
      scanner.begin();
    },
    push(chunk) {
      counts.bytes += chunk.length;
      scanner.push(chunk);
    },
    end: () => scanner.end(),
    result: () => ({
      window,
      flows: flowsIn(table, decisions),
      interfaces: interfaces.observed(),
      counts: { ...counts },
      samples: [...report.samples],
      tooManyFlows: { allowed: table.isCoarse(true), denied: table.isCoarse(false) },
    }),
  };
}

function flowsIn(table: FlowTable, decisions: DecisionNames): ObservedFlow[] {
  return Array.from(table.entries(), (entry) => ({
    source: entry.source,
    sourceLength: entry.sourceLength,
    destination: entry.destination,
    destinationLength: entry.destinationLength,
    destinationPort: entry.port,
    protocol: entry.protocol,
    direction: entry.outbound ? "Outbound" : "Inbound",
    allowed: entry.allowed,
    aclId: decisions.aclOf(entry.group),
    rule: decisions.ruleOf(entry.group),
    ...entry.sums,
  }));
}
