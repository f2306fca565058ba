import type { ReductionCounts } from "./reduction-report.ts";
import { masksOf, steps, type Telling } from "./telling.ts";
import type { TupleBatch } from "./tuple-batch.ts";

/**
 * An entry lies in one piece, 80 bytes: four words of key (source, destination, port with protocol, direction and
 * outcome, who decided), then eight doubles (packets and bytes both ways, first and last seen, begun, ended).
 */
const WORDS = 20;
const DOUBLES = 10;
const SUMS = 2;
const SUM_COUNT = 8;
const FIRST = 4;
const LAST = 5;
const BEGUN = 6;
const ENDED = 7;

const LETTER_B = 66;
const LETTER_D = 68;
const LETTER_E = 69;
const SMALLEST = 1024;

/** One distinct flow as the table holds it. */
export interface TableEntry {
  readonly source: number;
  readonly destination: number;
  readonly port: number | null;
  readonly protocol: number;
  readonly outbound: boolean;
  readonly allowed: boolean;
  readonly group: number;
  readonly sourceLength: number;
  readonly destinationLength: number;
  readonly sums: EntrySums;
}

export interface EntrySums {
  /** Flows that began or, where the beginning was not seen, ended; what only went on is one. */
  readonly flows: number;
  readonly packetsSent: number;
  readonly bytesSent: number;
  readonly packetsReceived: number;
  readonly bytesReceived: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

/**
 * Sums of distinct flows, by open addressing. Where more are met than `most`, flows of the outcome that has more are told
 * apart less finely, all of them alike: nothing is left out, and each flow lies in the entry that stands for it.
 */
export class FlowTable {
  count = 0;
  /** Of the last batch: the addresses of interfaces at which flows were seen that were new. */
  readonly nearEnds: number[] = [];
  private readonly most: number;
  private capacity = SMALLEST;
  private words = new Int32Array(SMALLEST * WORDS);
  private doubles = new Float64Array(this.words.buffer);
  /** Number of an entry plus one; 0 where there is none. */
  private slots = new Int32Array(SMALLEST * 2);
  /** By outcome, denied and allowed: the number of its step. */
  private readonly step: [denied: number, allowed: number] = [0, 0];
  /** By outcome and direction: what remains of source, destination and port. */
  private readonly masks = new Int32Array(4 * 3).fill(-1);

  constructor(most: number) {
    this.most = most;
  }

  /**
   * Adds and counts the tuples of a batch that lie in the window, which begins at `from` and ends before `to`. Of those that
   * are repeated only their flow is known.
   */
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one loop, as calls for each tuple would be far slower
  add(batch: TupleBatch, from: number, to: number, counts: ReductionCounts): void {
    const { again, sources, destinations, ports, traits, states, times, counters, repeated, count, group } = batch;
    this.nearEnds.length = 0;
    let doubles = this.doubles;
    let source = 0;
    let destination = 0;
    let packed = 0;
    let entry = -1;
    let outside = 0;
    let repetitions = 0;
    for (let tuple = 0; tuple < count; tuple += 1) {
      const state = states[tuple] as number;
      const allowed = state === LETTER_D ? 0 : 1;
      if (again[tuple] === 0) {
        source = sources[tuple] as number;
        destination = destinations[tuple] as number;
        packed = (((ports[tuple] as number) & 0xffff) << 10) | ((traits[tuple] as number) << 1) | allowed;
        entry = -1;
      } else if ((packed & 1) !== allowed) {
        packed ^= 1;
        entry = -1;
      }
      const time = times[tuple] as number;
      if (time < from || time >= to) {
        outside += 1;
        continue;
      }
      if (entry < 0) {
        const before = this.count;
        entry = this.find(source, destination, packed, group, time);
        doubles = this.doubles;
        if (this.count !== before) this.nearEnds.push((packed & 2) === 2 ? source : destination);
      }
      if (repeated[tuple] === 1) {
        repetitions += 1;
        continue;
      }
      const at = entry * DOUBLES + SUMS;
      const first = 4 * tuple;
      doubles[at] = (doubles[at] as number) + (counters[first] as number);
      doubles[at + 1] = (doubles[at + 1] as number) + (counters[first + 1] as number);
      doubles[at + 2] = (doubles[at + 2] as number) + (counters[first + 2] as number);
      doubles[at + 3] = (doubles[at + 3] as number) + (counters[first + 3] as number);
      if (time < (doubles[at + FIRST] as number)) doubles[at + FIRST] = time;
      if (time > (doubles[at + LAST] as number)) doubles[at + LAST] = time;
      if (state === LETTER_B || state === LETTER_D) doubles[at + BEGUN] = (doubles[at + BEGUN] as number) + 1;
      else if (state === LETTER_E) doubles[at + ENDED] = (doubles[at + ENDED] as number) + 1;
    }
    counts.tuplesOutsideWindow += outside;
    counts.repeatedTuples += repetitions;
    counts.tuples += count - outside - repetitions;
  }

  /** Whether flows of this outcome are told apart less finely than they were logged. */
  isCoarse(allowed: boolean): boolean {
    return this.step[allowed ? 1 : 0] > 0;
  }

  *entries(): Generator<TableEntry> {
    for (let entry = 0; entry < this.count; entry += 1) {
      const [source = 0, destination = 0, packed = 0, group = 0] = this.keyOf(entry);
      const allowed = (packed & 1) === 1;
      const outbound = (packed & 2) === 2;
      const { far, near, ports } = this.telling(allowed ? 1 : 0);
      yield {
        source: source >>> 0,
        destination: destination >>> 0,
        sourceLength: outbound ? near : far,
        destinationLength: outbound ? far : near,
        port: ports ? packed >>> 10 : null,
        protocol: (packed >>> 2) & 255,
        outbound,
        allowed,
        group,
        sums: this.sumsOf(entry),
      };
    }
  }

  private keyOf(entry: number): Int32Array {
    return this.words.subarray(entry * WORDS, entry * WORDS + 4);
  }

  private sumsOf(entry: number): EntrySums {
    const at = (index: number) => this.doubles[entry * DOUBLES + SUMS + index] as number;
    return {
      flows: Math.max(at(BEGUN), at(ENDED), 1),
      packetsSent: at(0),
      bytesSent: at(1),
      packetsReceived: at(2),
      bytesReceived: at(3),
      firstSeen: at(FIRST),
      lastSeen: at(LAST),
    };
  }

  private telling(outcome: number): Telling {
    return steps[this.step[outcome] ?? 0] ?? steps[0];
  }

  /** The entry of a key, made where it is new: first and last seen at the given time. */
  private find(source: number, destination: number, packed: number, group: number, time: number): number {
    const mask = (packed & 3) * 3;
    const from = source & (this.masks[mask] as number);
    const to = destination & (this.masks[mask + 1] as number);
    const rest = packed & (this.masks[mask + 2] as number);
    const { words, slots } = this;
    const wrap = slots.length - 1;
    let slot = mixed(from, to, rest, group) & wrap;
    for (let held = slots[slot] as number; held !== 0; held = slots[slot] as number) {
      if (isKey(words, (held - 1) * WORDS, from, to, rest, group)) return held - 1;
      slot = (slot + 1) & wrap;
    }
    if (this.count === this.capacity) {
      this.makeRoom();
      return this.find(source, destination, packed, group, time);
    }
    const entry = this.count;
    slots[slot] = entry + 1;
    words[entry * WORDS] = from;
    words[entry * WORDS + 1] = to;
    words[entry * WORDS + 2] = rest;
    words[entry * WORDS + 3] = group;
    const sums = entry * DOUBLES + SUMS;
    this.doubles.fill(0, sums, sums + SUM_COUNT);
    this.doubles[sums + FIRST] = time;
    this.doubles[sums + LAST] = time;
    this.count += 1;
    return entry;
  }

  private makeRoom(): void {
    if (this.capacity < this.most) {
      this.resize(Math.min(this.capacity * 2, this.most));
      return;
    }
    while (this.count > this.most * 0.75 && this.tellLess());
    // At the coarsest step only who decided is told apart, and of these there are few.
    if (this.count > this.most * 0.75) this.resize(this.capacity + SMALLEST);
  }

  private resize(capacity: number): void {
    const { words } = this;
    this.capacity = capacity;
    this.words = new Int32Array(capacity * WORDS);
    this.words.set(words.subarray(0, this.count * WORDS));
    this.doubles = new Float64Array(this.words.buffer);
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(capacity * 2)));
    const wrap = this.slots.length - 1;
    for (let entry = 0; entry < this.count; entry += 1) {
      const [from = 0, to = 0, rest = 0, group = 0] = this.keyOf(entry);
      let slot = mixed(from, to, rest, group) & wrap;
      while (this.slots[slot] !== 0) slot = (slot + 1) & wrap;
      this.slots[slot] = entry + 1;
    }
  }

  /** One step coarser for the outcome that has more entries and a step left; false where there is none. */
  private tellLess(): boolean {
    let allowed = 0;
    for (let entry = 0; entry < this.count; entry += 1) allowed += (this.words[entry * WORDS + 2] as number) & 1;
    const preferred = allowed * 2 >= this.count ? 1 : 0;
    const outcome = this.canTellLess(preferred) ? preferred : preferred === 1 ? 0 : 1;
    if (!this.canTellLess(outcome)) return false;
    this.step[outcome] += 1;
    const masks = masksOf(this.telling(outcome));
    this.masks.set(masks.inbound, outcome * 3);
    this.masks.set(masks.outbound, (2 + outcome) * 3);
    this.merge();
    return true;
  }

  private canTellLess(outcome: 0 | 1): boolean {
    return this.step[outcome] < steps.length - 1;
  }

  /** Finds the entries again under the masks that hold now, and joins those that became one. */
  private merge(): void {
    const { count } = this;
    this.slots.fill(0);
    this.count = 0;
    for (let entry = 0; entry < count; entry += 1) {
      const [source = 0, destination = 0, packed = 0, group = 0] = this.keyOf(entry);
      const from = entry * DOUBLES + SUMS;
      const sums = this.doubles.slice(from, from + SUM_COUNT);
      const before = this.count;
      const at = this.find(source, destination, packed, group, 0) * DOUBLES + SUMS;
      if (this.count > before) this.doubles.set(sums, at);
      else this.join(at, sums);
    }
  }

  private join(at: number, sums: Float64Array): void {
    for (let i = 0; i < SUM_COUNT; i += 1) {
      const [one, other] = [this.doubles[at + i] as number, sums[i] as number];
      this.doubles[at + i] = i === FIRST ? Math.min(one, other) : i === LAST ? Math.max(one, other) : one + other;
    }
  }
}

function isKey(words: Int32Array, at: number, from: number, to: number, rest: number, group: number): boolean {
  return words[at] === from && words[at + 1] === to && words[at + 2] === rest && words[at + 3] === group;
}

function mixed(a: number, b: number, c: number, d: number): number {
  let hash = Math.imul(a ^ (a >>> 15), 0x85ebca6b) ^ Math.imul(b, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13) ^ c, 0x27d4eb2f) ^ Math.imul(d + 1, 0x165667b1);
  return hash ^ (hash >>> 15);
}
