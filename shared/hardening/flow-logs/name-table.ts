/** Distinct names of rules and ACLs that are told apart: far more than any network has. */
const MOST = 65_536;
const OTHER = "(too many names)";

/**
 * Numbers for the names of rules and ACLs. A name that was met before is recognised by its bytes, without making a
 * text of it. Beyond a bound all further names are one.
 */
export class NameTable {
  private readonly names: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly met: { readonly bytes: Uint8Array; readonly number: number }[] = [];
  private readonly decoder = new TextDecoder();
  private slots = new Int32Array(1024);

  /** The number of the name that stands between two places. */
  numberAt(bytes: Uint8Array, from: number, to: number): number {
    let hash = to - from;
    for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    const wrap = this.slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & wrap;
    for (let held = this.slots[slot] as number; held !== 0; held = this.slots[slot] as number) {
      const known = this.met[held - 1];
      if (known !== undefined && sameBytes(known.bytes, bytes, from, to)) return known.number;
      slot = (slot + 1) & wrap;
    }
    const number = this.numberOf(this.decoder.decode(bytes.subarray(from, to)));
    if (this.met.length < this.slots.length / 2) {
      this.slots[slot] = this.met.push({ bytes: bytes.slice(from, to), number });
    }
    return number;
  }

  numberOf(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    if (this.names.length >= MOST) return MOST;
    this.numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }

  nameOf(number: number): string {
    return this.names[number] ?? OTHER;
  }
}

function sameBytes(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false;
  for (let i = 0; i < known.length; i += 1) if (known[i] !== bytes[from + i]) return false;
  return true;
}
