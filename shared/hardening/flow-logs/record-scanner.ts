import { KnownRecords } from "./known-records.ts";
import { afterSpace, bytesOf, MemberReader, MORE, READ, STRANGE, startsWith } from "./member-reader.ts";
import { ParsedRecordCounter } from "./parsed-record-counter.ts";
import { RecordEnd } from "./record-end.ts";
import { type ReaderParts, RecordReader } from "./record-reader.ts";
import type { ReductionReport, ReductionTrouble } from "./reduction-report.ts";
import { ScanBuffer } from "./scan-buffer.ts";

const QUOTE = 34;
const COMMA = 44;
const OPENING_BRACKET = 91;
const CLOSING_BRACKET = 93;
const OPENING_BRACE = 123;
const CLOSING_BRACE = 125;
/** The three bytes of a byte order mark are this or larger. */
const ORDER_MARK = 0xbb;

/** Where in the document the next byte stands: */
type Stage =
  /** before the list of records, or behind it; */
  | "outside"
  | "between"
  | "record"
  /** in a record that is read whole, by JSON.parse; */
  | "whole"
  /** in something broken, before the next record. */
  | "lost";

/** Longest record that is kept for JSON.parse: far more than the hour of a busy interface, where a minute is usual. */
const LONGEST_RECORD = 16 * 2 ** 20;
/** Bytes of what is wrong that a sample shows. */
const SAMPLE = 160;

const records = bytesOf("records");
const recordBeginning = bytesOf('"time"');

/**
 * Reads the records of one blob from bytes that come in pieces of any size: documented ones by the quick reader, others
 * whole by JSON.parse, and what is broken is passed over up to the next record.
 */
export class RecordScanner {
  private readonly report: ReductionReport;
  private readonly buffer = new ScanBuffer();
  private readonly known = new KnownRecords();
  private readonly reader: RecordReader;
  private readonly parsed: ParsedRecordCounter;
  private readonly member = new MemberReader();
  private readonly recordEnd = new RecordEnd();
  private readonly decoder = new TextDecoder();
  private stage: Stage = "outside";
  private at = 0;
  /** Where the record begins that is being read; -1 between records, and for one too long to be read again. */
  private recordFrom = -1;
  private listSeen = false;
  /** Records that began, in all blobs. */
  private begun = 0;

  constructor(parts: ReaderParts & { readonly report: ReductionReport }) {
    this.report = parts.report;
    this.reader = new RecordReader(parts, this.buffer, this.known);
    this.parsed = new ParsedRecordCounter(parts, this.known);
  }

  /** A blob begins. */
  begin(): void {
    this.buffer.clear();
    this.known.forget();
    this.stage = "outside";
    this.at = 0;
    this.recordFrom = -1;
    this.listSeen = false;
  }

  /** Reads as far as the bytes that are there allow. They may be altered afterwards. */
  push(chunk: Uint8Array): void {
    for (const piece of this.buffer.piecesOf(chunk)) {
      const at = this.stage === "record" ? this.reader.at : this.at;
      const moved = this.buffer.append(piece, this.recordFrom >= 0 ? this.recordFrom : at);
      this.at -= moved;
      this.reader.at -= moved;
      this.recordEnd.moved(moved);
      if (this.recordFrom >= 0) this.recordFrom -= moved;
      this.run();
    }
  }

  /** The blob ends here. */
  end(): void {
    // Where a record could not be told from what follows it, there may be sound ones behind its beginning.
    while (this.stage === "whole") {
      const { begun, recordFrom } = this;
      this.lookBehind(recordFrom);
      this.run();
      if (this.begun === begun) {
        this.cutOff(recordFrom);
        return;
      }
      this.report.counts.malformedRecords += 1;
      this.sample("malformed-record", recordFrom);
    }
    // What is lost was told already.
    if (this.stage === "lost" || (this.stage === "outside" && (this.listSeen || this.buffer.isEmpty()))) return;
    this.cutOff(this.recordFrom >= 0 ? this.recordFrom : this.at);
  }

  private cutOff(at: number): void {
    this.report.counts.cutOffBlobs += 1;
    this.sample("cut-off", at);
  }

  private run(): void {
    while (this.step());
    if (this.recordFrom < 0 || this.buffer.length - this.recordFrom <= LONGEST_RECORD) return;
    if (this.stage === "whole") this.lose(this.recordFrom);
    this.recordFrom = -1;
  }

  /** Reads one item; false where more bytes are needed for it. */
  private step(): boolean {
    switch (this.stage) {
      case "record":
        return this.record();
      case "between":
        return this.between();
      case "outside":
        return this.outside();
      case "whole":
        return this.whole();
      case "lost":
        return this.lost();
    }
  }

  /** Up to the bracket of `"records"`, before the first or, where documents follow one another, another one. */
  private outside(): boolean {
    const { bytes, length } = this.buffer;
    this.at = afterSpace(bytes, this.at, length);
    if (this.at >= length) return false;
    const byte = bytes[this.at] as number;
    if (byte !== QUOTE) {
      const known = byte === OPENING_BRACE || byte === CLOSING_BRACE || byte === COMMA || byte >= ORDER_MARK;
      if (!known) return this.lose(this.at);
      this.at += 1;
      return true;
    }
    const outcome = this.member.read(bytes, this.at, length);
    if (outcome === MORE) return false;
    const isList = this.member.opening === OPENING_BRACKET;
    const { keyFrom, keyTo } = this.member;
    const isRecords = keyTo - keyFrom === records.length && startsWith(bytes, keyFrom, records);
    if (outcome === STRANGE || isList !== isRecords) return this.lose(this.at);
    this.at = this.member.at;
    if (isRecords) this.stage = "between";
    return true;
  }

  private between(): boolean {
    const { bytes, length } = this.buffer;
    this.at = afterSpace(bytes, this.at, length);
    if (this.at >= length) return false;
    const byte = bytes[this.at] as number;
    if (byte === OPENING_BRACE) this.beginRecord(this.at);
    else if (byte === CLOSING_BRACKET) {
      this.listSeen = true;
      this.stage = "outside";
    } else if (byte !== COMMA) return this.lose(this.at);
    this.at += 1;
    return true;
  }

  private beginRecord(at: number): void {
    this.begun += 1;
    this.recordFrom = at;
    this.reader.begin(at);
    this.stage = "record";
  }

  private record(): boolean {
    const outcome = this.reader.read();
    this.at = this.reader.at;
    if (outcome === MORE) return false;
    if (outcome === READ) {
      this.report.counts.records += 1;
      this.known.add(this.reader.time, this.reader.macAddress, this.reader.digest);
      this.recordFrom = -1;
      this.stage = "between";
      return true;
    }
    if (this.recordFrom < 0) return this.lose(this.at);
    this.recordEnd.begin(this.recordFrom);
    this.stage = "whole";
    return true;
  }

  private whole(): boolean {
    const { bytes, length, offset } = this.buffer;
    const end = this.recordEnd.find(bytes, length);
    if (end < 0) return false;
    const text = this.decoder.decode(bytes.subarray(this.recordFrom, end));
    let record: unknown;
    try {
      record = JSON.parse(text);
    } catch {
      return this.lose(this.recordFrom);
    }
    this.parsed.count(record, this.reader.tuplesRead, text, offset + this.recordFrom);
    this.at = end;
    this.recordFrom = -1;
    this.stage = "between";
    return true;
  }

  /** What begins at `at` makes no sense: what follows is looked through for the next record. */
  private lose(at: number): boolean {
    this.report.counts.malformedRecords += 1;
    this.sample("malformed-record", at);
    this.lookBehind(at);
    return true;
  }

  private lookBehind(at: number): void {
    this.at = at + 1;
    this.recordFrom = -1;
    this.stage = "lost";
  }

  /** Looks for a brace before `"time"`, with which every documented record begins. */
  private lost(): boolean {
    const { bytes, length } = this.buffer;
    for (let at = this.at; at < length; at += 1) {
      if (bytes[at] !== OPENING_BRACE) continue;
      const key = afterSpace(bytes, at + 1, length);
      if (key + recordBeginning.length > length) {
        this.at = at;
        return false;
      }
      if (!startsWith(bytes, key, recordBeginning)) continue;
      this.beginRecord(at);
      return true;
    }
    this.at = length;
    return false;
  }

  private sample(trouble: ReductionTrouble, at: number): void {
    const { bytes, length, offset } = this.buffer;
    const text = this.decoder.decode(bytes.subarray(at, Math.min(length, at + SAMPLE)));
    this.report.sample(trouble, offset + at, text);
  }
}
