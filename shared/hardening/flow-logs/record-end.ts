const QUOTE = 34;
const BACKSLASH = 92;
const OPENING_BRACE = 123;
const CLOSING_BRACE = 125;

/** Finds where an object of JSON ends, in bytes that come piece by piece. */
export class RecordEnd {
  private depth = 0;
  private inText = false;
  private escaped = false;
  private at = 0;

  /** Begins anew at the place of an opening brace. */
  begin(at: number): void {
    this.depth = 0;
    this.inText = false;
    this.escaped = false;
    this.at = at;
  }

  /** The bytes were moved towards the beginning. */
  moved(by: number): void {
    this.at -= by;
  }

  /** The place behind the closing brace, or -1 where it is not there yet. */
  find(bytes: Uint8Array, end: number): number {
    for (; this.at < end; this.at += 1) {
      const byte = bytes[this.at] as number;
      if (this.inText) this.text(byte);
      else if (byte === QUOTE) this.inText = true;
      else if (byte === OPENING_BRACE) this.depth += 1;
      else if (byte === CLOSING_BRACE) {
        this.depth -= 1;
        if (this.depth === 0) return this.at + 1;
      }
    }
    return -1;
  }

  private text(byte: number): void {
    if (this.escaped) this.escaped = false;
    else if (byte === BACKSLASH) this.escaped = true;
    else if (byte === QUOTE) this.inText = false;
  }
}
