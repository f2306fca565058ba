import type { FlowTable } from "./flow-table.ts";
import type { InterfaceHours } from "./interface-hours.ts";
import { readTupleText } from "./read-tuple-text.ts";
import type { ReductionReport } from "./reduction-report.ts";
import type { TupleBatch } from "./tuple-batch.ts";
import type { TupleMemory } from "./tuple-memory.ts";

/** Milliseconds since the epoch; the end is not part of it. */
export interface LearningWindow {
  readonly from: number;
  readonly to: number;
}

export interface CounterParts {
  readonly batch: TupleBatch;
  readonly table: FlowTable;
  readonly memory: TupleMemory;
  readonly interfaces: InterfaceHours;
  readonly report: ReductionReport;
}

/** Counts tuples that were read: those of the window, and each of a record once. */
export class TupleCounter {
  private readonly parts: CounterParts;
  private readonly window: LearningWindow;

  constructor(parts: CounterParts, window: LearningWindow) {
    this.parts = parts;
    this.window = window;
  }

  /** Counts the tuples of the batch, which is empty then. */
  flush(): void {
    const { batch, table, memory, report, interfaces } = this.parts;
    if (batch.count === 0) return;
    memory.meet(batch);
    table.add(batch, this.window.from, this.window.to, report.counts);
    for (const address of table.nearEnds) interfaces.has(address);
    batch.count = 0;
  }

  /** Takes a tuple that is not in the usual form, or none at all; `offset` is where it stands in the blob. */
  takeText(tuple: string, offset: number): void {
    const { batch, report } = this.parts;
    const kind = readTupleText(tuple, batch);
    if (batch.isFull) this.flush();
    if (kind === "ipv4") return;
    if (kind === "ipv6") report.counts.ipv6Tuples += 1;
    else report.counts.malformedTuples += 1;
    report.sample(kind === "ipv6" ? kind : "malformed-tuple", offset, tuple);
  }
}
