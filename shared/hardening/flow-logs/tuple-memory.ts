import {
  CHECK,
  DESTINATION,
  DESTINATION_PORT,
  GROUP,
  OUTBOUND,
  PROTOCOL,
  SOURCE,
  SOURCE_PORT,
  STATE,
  type TupleFields,
} from "./tuple-fields.ts";

/** Tuples of one record that are remembered at once, in 16 MiB. Beyond that it begins anew. */
const MOST = 2 ** 20;
/** Room for the tuples of a usual record, which stays in the processor's cache. */
const USUAL = 2 ** 12;

/**
 * Knows which tuples of a record were read before, by 62 bits of hash over all their fields. A wrong "yes" is thinkable; it costs
 * a count, and never a flow.
 */
export class TupleMemory {
  private readonly fields: TupleFields;
  private hashes = new Int32Array(2 * USUAL);
  private count = 0;
  private sum = 0;

  constructor(fields: TupleFields) {
    this.fields = fields;
  }

  /** Forgets everything, as at the beginning of a record. */
  forget(): void {
    if (this.hashes.length > 2 * USUAL) this.hashes = new Int32Array(2 * USUAL);
    else this.hashes.fill(0);
    this.count = 0;
    this.sum = 0;
  }

  /** A hash over all tuples that were asked for since `forget`, in their order. */
  get digest(): number {
    return this.sum;
  }

  /** Whether the tuple that the fields hold was met before; from now on it was. */
  met(): boolean {
    const { words } = this.fields;
    const destination = words[DESTINATION] as number;
    const check = words[CHECK] as number;
    const ports = ((words[SOURCE_PORT] as number) << 16) | (words[DESTINATION_PORT] as number);
    const traits =
      ((words[PROTOCOL] as number) << 20) ^
      ((words[OUTBOUND] as number) << 19) ^
      ((words[STATE] as number) << 12) ^
      (words[GROUP] as number);
    let a = Math.imul(((words[SOURCE] as number) + check) | 0, 0x85ebca6b) ^ destination;
    a ^= a >>> 15;
    let b = Math.imul(ports ^ a, 0xc2b2ae35) ^ Math.imul(traits ^ destination, 0x27d4eb2f);
    b ^= b >>> 13;
    const one = Math.imul((a + b) | 0, 0x9e3779b1);
    // Odd, as zero stands for an empty place.
    const other = (Math.imul(b ^ check, 0x165667b1) ^ (a >>> 7)) | 1;
    this.sum = (Math.imul(this.sum ^ one, 0x01000193) + other) | 0;
    return this.find(one ^ (one >>> 15), other);
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
