import type { DecisionNames } from "./decision-names.ts";
import type { InterfaceHours } from "./interface-hours.ts";
import type { KnownRecords } from "./known-records.ts";
import { afterSpace, bytesOf, MemberReader, MORE, READ, STRANGE, startsWith, textEnd } from "./member-reader.ts";
import { FLOW_LOG_VERSION } from "./parsed-record.ts";
import { readTuples, TUPLE_MARGIN } from "./read-tuples.ts";
import type { ScanBuffer } from "./scan-buffer.ts";
import type { TupleBatch } from "./tuple-batch.ts";
import type { TupleCounter } from "./tuple-counter.ts";
import type { TupleMemory } from "./tuple-memory.ts";

const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const OPENING_BRACKET = 91;
const CLOSING_BRACKET = 93;
const OPENING_BRACE = 123;
const CLOSING_BRACE = 125;

/** Where in a record the next byte stands, from outside to inside. */
const RECORD = 0;
const FLOW_RECORDS = 1;
const FLOWS = 2;
const FLOW = 3;
const GROUPS = 4;
const IN_GROUP = 5;
const TUPLES = 6;

const keys = {
  time: bytesOf("time"),
  version: bytesOf("flowLogVersion"),
  mac: bytesOf("macAddress"),
  flowRecords: bytesOf("flowRecords"),
  flows: bytesOf("flows"),
  acl: bytesOf("aclID"),
  groups: bytesOf("flowGroups"),
  rule: bytesOf("rule"),
  tuples: bytesOf("flowTuples"),
};

export type RecordOutcome = typeof MORE | typeof READ | typeof STRANGE;

export interface ReaderParts {
  readonly batch: TupleBatch;
  readonly counter: TupleCounter;
  readonly memory: TupleMemory;
  readonly decisions: DecisionNames;
  readonly interfaces: InterfaceHours;
}

/**
 * Reads a record byte by byte, in the order of members in which Azure writes them: nothing of it is kept but the sums of
 * its tuples. Whatever it does not know is strange, and left to JSON.parse.
 */
export class RecordReader {
  /** The next byte to be read. */
  at = 0;
  time = "";
  macAddress = "";
  /** Tuples that were read, of whatever kind, in their order. */
  tuplesRead = 0;
  private readonly parts: ReaderParts;
  private readonly buffer: ScanBuffer;
  private readonly known: KnownRecords;
  private readonly member = new MemberReader();
  private readonly decoder = new TextDecoder();
  private stage = RECORD;
  private version = -1;
  private acl = -1;
  private rule = -1;
  private flowsSeen = false;

  constructor(parts: ReaderParts, buffer: ScanBuffer, known: KnownRecords) {
    this.parts = parts;
    this.buffer = buffer;
    this.known = known;
  }

  /** A hash over the record's tuples. */
  get digest(): number {
    return this.parts.memory.digest;
  }

  /** A record begins, whose opening brace stands at `at`. */
  begin(at: number): void {
    this.at = at + 1;
    this.stage = RECORD;
    this.time = "";
    this.macAddress = "";
    this.version = -1;
    this.flowsSeen = false;
    this.tuplesRead = 0;
  }

  /** Reads on, up to the end of the record or of the bytes. */
  read(): RecordOutcome {
    for (;;) {
      const outcome = this.stage === TUPLES ? this.tuples() : this.next();
      if (outcome !== READ) return outcome;
      if (this.stage < RECORD) return READ;
    }
  }

  private next(): RecordOutcome {
    const { bytes, length } = this.buffer;
    const at = afterSpace(bytes, this.at, length);
    this.at = at;
    if (at >= length) return MORE;
    const byte = bytes[at] as number;
    if (byte === COMMA) this.at = at + 1;
    else if (this.stage === FLOWS || this.stage === GROUPS) return this.inList(byte, at);
    else if (byte === QUOTE) return this.takeMember(at);
    else if (byte === CLOSING_BRACE && (this.stage !== RECORD || this.flowsSeen)) this.leave(at);
    else return STRANGE;
    return READ;
  }

  private inList(byte: number, at: number): RecordOutcome {
    if (byte === CLOSING_BRACKET) {
      this.leave(at);
      return READ;
    }
    if (byte !== OPENING_BRACE) return STRANGE;
    this.acl = this.stage === FLOWS ? -1 : this.acl;
    this.rule = -1;
    this.stage += 1;
    this.at = at + 1;
    return READ;
  }

  private leave(at: number): void {
    this.stage -= 1;
    this.at = at + 1;
  }

  private takeMember(at: number): RecordOutcome {
    const { bytes, length } = this.buffer;
    const outcome = this.member.read(bytes, at, length);
    if (outcome !== READ) return outcome;
    const { opening } = this.member;
    if (opening === OPENING_BRACE || opening === OPENING_BRACKET) {
      if (!this.open(opening === OPENING_BRACKET)) return STRANGE;
      this.stage += 1;
    } else this.takeValue();
    this.at = this.member.at;
    return READ;
  }

  private takeValue(): void {
    if (this.stage === FLOW) {
      if (this.isKey(keys.acl)) this.acl = this.nameNumber();
    } else if (this.stage === IN_GROUP) {
      if (this.isKey(keys.rule)) this.rule = this.nameNumber();
    } else if (this.stage === RECORD) {
      if (this.isKey(keys.time)) this.time = this.valueText();
      else if (this.isKey(keys.mac)) this.macAddress = this.valueText();
      else if (this.isKey(keys.version)) this.version = Number(this.valueText());
    }
  }

  /** Whether the container that opens is the one that belongs here, and all is known that its content needs. */
  private open(isList: boolean): boolean {
    switch (this.stage) {
      case RECORD:
        return !isList && this.isKey(keys.flowRecords) && this.openFlowRecords();
      case FLOW_RECORDS:
        return isList && this.isKey(keys.flows);
      case FLOW:
        return isList && this.isKey(keys.groups) && this.acl >= 0;
      case IN_GROUP:
        return isList && this.isKey(keys.tuples) && this.rule >= 0 && this.openTuples();
      default:
        return false;
    }
  }

  private openFlowRecords(): boolean {
    const { time, macAddress } = this;
    const readable = this.version === FLOW_LOG_VERSION && macAddress !== "" && !this.flowsSeen;
    // A second record of the same time may be the first once more: that takes a closer look.
    if (!readable || this.known.has(time, macAddress)) return false;
    this.parts.interfaces.begin(macAddress, Date.parse(time));
    this.parts.memory.forget();
    this.flowsSeen = true;
    return true;
  }

  private openTuples(): boolean {
    this.parts.batch.group = this.parts.decisions.groupOf(this.acl, this.rule);
    return true;
  }

  private tuples(): RecordOutcome {
    const outcome = this.list();
    this.parts.counter.flush();
    return outcome;
  }

  private list(): RecordOutcome {
    const { bytes, length } = this.buffer;
    let at = this.at;
    while (at < length) {
      const byte = bytes[at] as number;
      if (byte === QUOTE) {
        const next = this.usualTuples(at);
        if (next === at) {
          const end = textEnd(bytes, at + 1, length);
          if (end < 0) return this.noTuple(end, at);
          this.parts.counter.takeText(this.decoder.decode(bytes.subarray(at + 1, end)), this.buffer.offset + at);
          this.tuplesRead += 1;
          at = end + 1;
        } else at = next;
      } else if (byte === COMMA || byte <= SPACE) at += 1;
      else return this.behindTuples(byte, at);
    }
    this.at = at;
    return MORE;
  }

  /** Reads tuples in the usual form from a quote on; answers where others begin. */
  private usualTuples(at: number): number {
    const { counter, batch } = this.parts;
    const { bytes, view, length } = this.buffer;
    // Nearer to the end than this, the end of each is looked for before.
    const last = length - TUPLE_MARGIN;
    if (at > last && textEnd(bytes, at + 1, length) < 0) return at;
    const before = batch.count;
    const next = readTuples(view, at, Math.max(at, last), batch);
    this.tuplesRead += batch.count - before;
    if (batch.isFull) counter.flush();
    return next;
  }

  private behindTuples(byte: number, at: number): RecordOutcome {
    if (byte !== CLOSING_BRACKET) return STRANGE;
    this.leave(at);
    return READ;
  }

  private noTuple(end: number, at: number): RecordOutcome {
    this.at = at;
    return end === -1 ? MORE : STRANGE;
  }

  private isKey(key: Uint8Array): boolean {
    const { keyFrom, keyTo } = this.member;
    return keyTo - keyFrom === key.length && startsWith(this.buffer.bytes, keyFrom, key);
  }

  private valueText(): string {
    const { valueFrom, valueTo } = this.member;
    return this.decoder.decode(this.buffer.bytes.subarray(valueFrom, valueTo));
  }

  private nameNumber(): number {
    const { valueFrom, valueTo } = this.member;
    return this.parts.decisions.names.numberAt(this.buffer.bytes, valueFrom, valueTo);
  }
}
