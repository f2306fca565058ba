import { TUPLE_MARGIN } from "./read-tuples.ts";

/** Bytes that are read at once: they stay in the processor's cache between being copied and being read. */
const PIECE = 64 * 1024;

/** The bytes that are not read yet, or may be read again, in one piece. Behind them is room to look at. */
export class ScanBuffer {
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(4 * PIECE);
  view = new DataView(this.bytes.buffer);
  length = 0;
  /** Where in the blob the first byte stands. */
  offset = 0;

  clear(): void {
    this.length = 0;
    this.offset = 0;
  }

  /** Whether nothing was ever put in. */
  isEmpty(): boolean {
    return this.length === 0 && this.offset === 0;
  }

  *piecesOf(chunk: Uint8Array): Generator<Uint8Array> {
    for (let at = 0; at < chunk.length; at += PIECE) yield chunk.subarray(at, at + PIECE);
  }

  /** Adds bytes; those before `keep` may go. Answers by how many places the others moved towards the beginning. */
  append(piece: Uint8Array, keep: number): number {
    let moved = 0;
    const needed = () => this.length + piece.length + TUPLE_MARGIN;
    if (needed() > this.bytes.length) {
      moved = keep;
      this.bytes.copyWithin(0, keep, this.length);
      this.length -= keep;
      this.offset += keep;
      if (needed() > this.bytes.length) this.grow(needed());
    }
    this.bytes.set(piece, this.length);
    this.length += piece.length;
    return moved;
  }

  private grow(needed: number): void {
    const larger = new Uint8Array(2 ** Math.ceil(Math.log2(needed)));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }
}
