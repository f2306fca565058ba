import type { KnownRecords } from "./known-records.ts";
import { type FlowLogRecord, type ParsedTuple, shapeOf, tuplesOf } from "./parsed-record.ts";
import { readTupleText } from "./read-tuple-text.ts";
import type { ReaderParts } from "./record-reader.ts";
import type { ReductionReport } from "./reduction-report.ts";

/** Bytes of what is wrong that a sample shows. */
const SAMPLE = 160;

/** Counts records that only JSON.parse could read. */
export class ParsedRecordCounter {
  private readonly parts: ReaderParts & { readonly report: ReductionReport };
  private readonly known: KnownRecords;

  constructor(parts: ReaderParts & { readonly report: ReductionReport }, known: KnownRecords) {
    this.parts = parts;
    this.known = known;
  }

  /**
   * Counts the tuples of a record, but for the first that the quick reader had counted. `text` is the record, which stands
   * at `offset` in the blob.
   */
  count(value: unknown, counted: number, text: string, offset: number): void {
    const { report } = this.parts;
    const shape = shapeOf(value);
    if (shape === "other-version") {
      report.counts.otherVersionRecords += 1;
      report.sample("other-version", offset, text.slice(0, SAMPLE));
      return;
    }
    report.counts.slowRecords += 1;
    if (shape !== "malformed" && this.countTuples(shape, counted, text, offset)) return;
    report.counts.malformedRecords += 1;
    report.sample("malformed-record", offset, text.slice(0, SAMPLE));
  }

  /** False where a part of the record holds no tuples. */
  private countTuples(record: FlowLogRecord, counted: number, text: string, offset: number): boolean {
    const { report, interfaces, decisions, batch, memory, counter } = this.parts;
    const { time, macAddress } = record;
    const { tuples, sound } = tuplesOf(record, decisions);
    const digest = this.digestOf(tuples);
    if (this.known.holds(time, macAddress, digest)) {
      report.counts.repeatedRecords += 1;
      report.counts.repeatedTuples += tuples.length;
      report.sample("repeated-record", offset, text.slice(0, SAMPLE));
      return sound;
    }
    interfaces.begin(macAddress, Date.parse(time));
    memory.forget();
    for (const [index, { text: tuple, group }] of tuples.entries()) {
      batch.group = group;
      if (index >= counted) {
        counter.takeText(tuple, offset);
        counter.flush();
      } else this.remember(tuple);
    }
    report.counts.records += 1;
    this.known.add(time, macAddress, digest);
    return sound;
  }

  private digestOf(tuples: readonly ParsedTuple[]): number {
    const { batch, memory } = this.parts;
    memory.forget();
    for (const { text, group } of tuples) {
      batch.group = group;
      this.remember(text);
    }
    return memory.digest;
  }

  /** Lets the memory know a tuple, and counts nothing. */
  private remember(tuple: string): void {
    const { batch, memory } = this.parts;
    readTupleText(tuple, batch);
    memory.meet(batch);
    batch.count = 0;
  }
}
