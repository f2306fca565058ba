import type { TupleBatch } from "./tuple-batch.ts";

/** Tuples of one record that are remembered at once, in 16 MiB. Beyond that it begins anew. */
const MOST = 2 ** 20;
/** Places for the tuples of a quiet record, and of a busy one. They are kept, and stay in the processor's cache. */
const FEW = 2 ** 9;
const USUAL = 2 ** 12;

/**
 * Knows which tuples of a record were read before, by 62 bits of hash over all their fields. A wrong "yes" is thinkable; it costs
 * a count, and never a flow.
 */
export class TupleMemory {
  private hashes = new Int32Array(2 * FEW);
  private count = 0;
  private sum = 0;

  /** Forgets everything, as at the beginning of a record. */
  forget(): void {
    if (this.hashes.length > 2 * USUAL) this.hashes = new Int32Array(2 * FEW);
    else this.hashes.fill(0);
    this.count = 0;
    this.sum = 0;
  }

  /** A hash over all tuples that were asked for since `forget`, in their order. */
  get digest(): number {
    return this.sum;
  }

  /** Notes of each tuple of the batch whether it was met before; from now on it was. */
  meet(batch: TupleBatch): void {
    const { again, sources, destinations, ports, traits, states, checks, repeated, count, group } = batch;
    let { sum } = this;
    let a = 0;
    let b = 0;
    for (let index = 0; index < count; index += 1) {
      if (again[index] === 0) {
        const destination = destinations[index] as number;
        a = Math.imul(sources[index] as number, 0x85ebca6b) ^ destination;
        a ^= a >>> 15;
        b = Math.imul((ports[index] as number) ^ a, 0xc2b2ae35);
        b ^= Math.imul(((traits[index] as number) << 20) ^ group ^ destination, 0x27d4eb2f);
        b ^= b >>> 13;
      }
      const check = Math.imul((checks[index] as number) ^ ((states[index] as number) << 24), 0x165667b1);
      let one = Math.imul(a ^ check, 0x9e3779b1);
      one ^= one >>> 15;
      // Odd, as zero stands for an empty place.
      const other = (Math.imul(b ^ check ^ (check >>> 15), 0x85ebca6b) ^ (b >>> 7)) | 1;
      sum = Math.imul(sum ^ one, 0x01000193) ^ other;
      repeated[index] = this.find(one, other) ? 1 : 0;
    }
    this.sum = sum;
  }

  private find(one: number, other: number): boolean {
    const { hashes } = this;
    const wrap = hashes.length - 1;
    let at = (one << 1) & wrap;
    for (let held = hashes[at + 1] as number; held !== 0; held = hashes[at + 1] as number) {
      if (held === other && hashes[at] === one) return true;
      at = (at + 2) & wrap;
    }
    hashes[at] = one;
    hashes[at + 1] = other;
    this.count += 1;
    if (this.count * 4 > hashes.length) this.makeRoom();
    return false;
  }

  private makeRoom(): void {
    const before = this.hashes;
    this.hashes = new Int32Array(this.count < MOST ? before.length * 2 : before.length);
    const kept = this.count < MOST ? before : [];
    this.count = 0;
    for (let at = 0; at < kept.length; at += 2) {
      if (kept[at + 1] !== 0) this.find(kept[at] as number, kept[at + 1] as number);
    }
  }
}
