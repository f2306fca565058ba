import type { FlowTable } from "./flow-table.ts";
import type { InterfaceHours } from "./interface-hours.ts";
import { readTupleText } from "./read-tuple-text.ts";
import type { ReductionReport } from "./reduction-report.ts";
import { DESTINATION, OUTBOUND, SOURCE, TIME, type TupleFields } from "./tuple-fields.ts";
import type { TupleMemory } from "./tuple-memory.ts";

/** Milliseconds since the epoch; the end is not part of it. */
export interface LearningWindow {
  readonly from: number;
  readonly to: number;
}

export interface CounterParts {
  readonly fields: TupleFields;
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

  /** Takes the tuple that the fields hold. */
  take(): void {
    const { fields, table, memory, report } = this.parts;
    const time = fields.numbers[TIME] as number;
    const repeated = memory.met();
    if (time < this.window.from || time >= this.window.to) {
      report.counts.tuplesOutsideWindow += 1;
      return;
    }
    if (repeated) report.counts.repeatedTuples += 1;
    else report.counts.tuples += 1;
    const known = table.count;
    table.add(repeated);
    if (table.count === known) return;
    const { words } = fields;
    this.parts.interfaces.has(words[words[OUTBOUND] === 1 ? SOURCE : DESTINATION] as number);
  }

  /** Takes a tuple that is not in the usual form, or none at all; `offset` is where it stands in the blob. */
  takeText(tuple: string, offset: number): void {
    const { fields, report } = this.parts;
    const kind = readTupleText(tuple, fields);
    if (kind === "ipv4") {
      this.take();
      return;
    }
    if (kind === "ipv6") report.counts.ipv6Tuples += 1;
    else report.counts.malformedTuples += 1;
    report.sample(kind === "ipv6" ? kind : "malformed-tuple", offset, tuple);
  }
}
