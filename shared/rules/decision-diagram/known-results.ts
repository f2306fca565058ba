import { grown } from "./box-pool.ts";

/** Numbers of boxes that are remembered at most (16 MB); beyond, all is forgotten, which costs time only. */
const CAPACITY = 4_000_000;
const UNKNOWN = -1;

/** Remembers what two lists of boxes came to at a level, so that no pair is walked twice. */
export class KnownResults {
  /** Entries in one row: level, length of the first list, length of both, result, and then the boxes. */
  #entries = new Int32Array(1 << 12);
  #used = 1;
  #count = 0;
  #slots = new Int32Array(1 << 10);

  static readonly UNKNOWN = UNKNOWN;

  /** A number that is equal for equal pairs of lists: the boxes of `stack` from `from`, split at `split`, to `to`. */
  hash(level: number, stack: Int32Array, from: number, split: number, to: number): number {
    let hash = Math.imul(level + 1, 0x9e3779b1) ^ (split - from);
    for (let i = from; i < to; i += 1) {
      hash = Math.imul(hash ^ (stack[i] as number), 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    return hash >>> 0;
  }

  get(hash: number, level: number, stack: Int32Array, from: number, split: number, to: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot] as number;
      if (this.#matches(entry, level, stack, from, split, to)) return this.#entries[entry + 3] as number;
    }
    return UNKNOWN;
  }

  set(hash: number, level: number, stack: Int32Array, from: number, split: number, to: number, result: number): void {
    const length = to - from;
    if (this.#used + length > CAPACITY) this.#forget();
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    while (this.#used + length + 5 > this.#entries.length) this.#entries = grown(Int32Array, this.#entries);
    const entry = this.#used;
    this.#entries[entry] = level;
    this.#entries[entry + 1] = split - from;
    this.#entries[entry + 2] = length;
    this.#entries[entry + 3] = result;
    this.#entries[entry + 4] = hash | 0;
    this.#entries.set(stack.subarray(from, to), entry + 5);
    this.#used += length + 5;
    this.#count += 1;
    this.#place(entry);
  }

  #matches(entry: number, level: number, stack: Int32Array, from: number, split: number, to: number): boolean {
    const entries = this.#entries;
    if (entries[entry] !== level || entries[entry + 1] !== split - from || entries[entry + 2] !== to - from)
      return false;
    for (let i = from; i < to; i += 1) if (entries[entry + 5 + i - from] !== stack[i]) return false;
    return true;
  }

  #place(entry: number): void {
    const mask = this.#slots.length - 1;
    let slot = (this.#entries[entry + 4] as number) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = entry;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let entry = 1; entry < this.#used; entry += 5 + (this.#entries[entry + 2] as number)) this.#place(entry);
  }

  #forget(): void {
    this.#used = 1;
    this.#count = 0;
    this.#slots.fill(0);
  }
}
