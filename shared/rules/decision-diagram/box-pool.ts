import type { IntervalSet } from "../meaning/interval-set.ts";
import type { Level } from "./level.ts";
import { CONDITION_LIMIT, LEVEL_LIMIT, tooComplex } from "./work-limit.ts";

/** Boxes without a condition: the two ways in which every list of boxes can end. Their number is their access. */
export const DENY_ALL = 0;
export const ALLOW_ALL = 1;

/** A rule's conditions by level; null where any value will do. */
export type BoxSets = readonly (IntervalSet | null)[];

/**
 * Boxes (rules of one combination of conditions) by number, equal ones under one number, laid out flat so that the walk
 * over thousands of them touches no object.
 */
export class BoxPool {
  readonly levels: readonly Level[];
  /** All conditions' ranges, first and last value by turns. */
  ranges = new Uint32Array(1 << 12);
  /** Where the condition of box b at level l begins: `starts[b * levels.length + l]`, −1 where there is none. */
  starts: Int32Array;
  ends: Int32Array;
  /** 1 where the box allows. */
  access = new Uint8Array(1 << 10);
  /** The first level from which on the box has no condition any more. */
  openFrom = new Uint16Array(1 << 10);
  count = 0;
  /** Hash table of the boxes: number + 1 in each slot that is taken. */
  #slots = new Int32Array(1 << 11);
  readonly #hashes: number[] = [];
  #rangeCount = 0;

  /** Throws RefusedError `RulesTooComplex`. */
  constructor(levels: readonly Level[]) {
    if (levels.length > LEVEL_LIMIT) throw tooComplex(LEVEL_LIMIT, "fields, service tags and ASGs");
    this.levels = levels;
    this.starts = new Int32Array(levels.length << 10);
    this.ends = new Int32Array(levels.length << 10);
    const unconditional = levels.map(() => null);
    this.add(false, unconditional);
    this.add(true, unconditional);
  }

  /** The number of the box with these conditions. A condition that every value meets must be given as null. Throws RefusedError. */
  add(allows: boolean, sets: BoxSets): number {
    if (this.count * 2 > this.#slots.length) this.#rehash();
    const mask = this.#slots.length - 1;
    const hash = hashOf(allows, sets);
    let slot = hash & mask;
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const known = (this.#slots[slot] as number) - 1;
      if (this.#isBox(known, allows, sets)) return known;
    }
    const box = this.count;
    if (box * this.levels.length > CONDITION_LIMIT) throw tooComplex(CONDITION_LIMIT, "conditions");
    this.count += 1;
    this.#slots[slot] = this.count;
    this.#hashes.push(hash);
    this.#makeRoom(sets);
    this.access[box] = allows ? 1 : 0;
    let openFrom = 0;
    for (const [level, set] of sets.entries()) {
      const at = box * this.levels.length + level;
      this.starts[at] = set === null ? -1 : this.#rangeCount;
      if (set !== null) {
        openFrom = level + 1;
        this.ranges.set(set, this.#rangeCount);
        this.#rangeCount += set.length;
        this.ends[at] = this.#rangeCount;
      }
    }
    this.openFrom[box] = openFrom;
    return box;
  }

  /** Whether some packet meets the conditions of both boxes. */
  meet(a: number, b: number): boolean {
    for (let level = 0; level < this.levels.length; level += 1) {
      if (!this.#meetAt(a * this.levels.length + level, b * this.levels.length + level)) return false;
    }
    return true;
  }

  #meetAt(a: number, b: number): boolean {
    const { ranges } = this;
    let i = this.starts[a] as number;
    let j = this.starts[b] as number;
    if (i < 0 || j < 0) return true;
    const endOfA = this.ends[a] as number;
    const endOfB = this.ends[b] as number;
    while (i < endOfA && j < endOfB) {
      const lastOfA = ranges[i + 1] as number;
      const lastOfB = ranges[j + 1] as number;
      if ((ranges[i] as number) <= lastOfB && (ranges[j] as number) <= lastOfA) return true;
      if (lastOfA < lastOfB) i += 2;
      else j += 2;
    }
    return false;
  }

  #isBox(box: number, allows: boolean, sets: BoxSets): boolean {
    if (this.access[box] !== (allows ? 1 : 0)) return false;
    for (let level = 0; level < sets.length; level += 1) {
      const set = sets[level] as IntervalSet | null;
      const start = this.starts[box * this.levels.length + level] as number;
      if (set === null || start < 0) {
        if (set !== null || start >= 0) return false;
        continue;
      }
      if ((this.ends[box * this.levels.length + level] as number) - start !== set.length) return false;
      for (let i = 0; i < set.length; i += 1) if (this.ranges[start + i] !== set[i]) return false;
    }
    return true;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    for (let box = 0; box < this.count; box += 1) {
      let slot = (this.#hashes[box] as number) & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = box + 1;
    }
    this.#slots = slots;
  }

  #makeRoom(sets: BoxSets): void {
    if (this.count > this.access.length) {
      this.starts = grown(Int32Array, this.starts);
      this.ends = grown(Int32Array, this.ends);
      this.access = grown(Uint8Array, this.access);
      this.openFrom = grown(Uint16Array, this.openFrom);
    }
    const needed = this.#rangeCount + sets.reduce((sum, set) => sum + (set?.length ?? 0), 0);
    while (needed > this.ranges.length) this.ranges = grown(Uint32Array, this.ranges);
  }
}

function hashOf(allows: boolean, sets: BoxSets): number {
  let hash = allows ? 1 : 2;
  for (let level = 0; level < sets.length; level += 1) {
    const set = sets[level] as IntervalSet | null;
    hash = Math.imul(hash ^ (set === null ? level : set.length), 0x85ebca6b);
    for (let i = 0; set !== null && i < set.length; i += 1) {
      hash = Math.imul(hash ^ (set[i] as number), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
  }
  return hash >>> 1;
}

type Numbers = Int32Array | Uint32Array | Uint8Array | Uint16Array | Float64Array;

/** The same numbers in an array of twice the length. */
export function grown<T extends Numbers>(type: new (length: number) => T, array: T): T {
  const larger = new type(array.length * 2);
  larger.set(array);
  return larger;
}
