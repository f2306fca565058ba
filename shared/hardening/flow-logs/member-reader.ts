/** What stands at a place of JSON where a member of an object should. */
export type Lexed = typeof MORE | typeof READ | typeof STRANGE;
/** It ends behind the bytes that are there. */
export const MORE = 0;
export const READ = 1;
/** It is none, or one that only JSON.parse should read: with an escape, or longer than any that is known. */
export const STRANGE = 2;

const QUOTE = 34;
const BACKSLASH = 92;
const OPENING_BRACE = 123;
const OPENING_BRACKET = 91;
const COLON = 58;

/** Longest text that is read here, in bytes: ids of resources have at most 2,048 characters. */
const LONGEST = 8192;

/** Reads `"key": value` of documented records: values are texts without escapes, numbers, or the bracket of a container. */
export class MemberReader {
  keyFrom = 0;
  keyTo = 0;
  /** The value without its quotes; empty for a container. */
  valueFrom = 0;
  valueTo = 0;
  /** The first byte of the value: a quote, a bracket, or the beginning of a number or word. */
  opening = 0;
  /** Behind the value, or behind the bracket that opens it. */
  at = 0;

  /** Reads the member whose key begins with a quote at `at`. Where more is needed it is asked again from there. */
  read(bytes: Uint8Array, at: number, end: number): Lexed {
    this.keyFrom = at + 1;
    const key = textEnd(bytes, at + 1, end);
    if (key < 0) return key === -1 ? MORE : STRANGE;
    this.keyTo = key;
    const colon = afterSpace(bytes, key + 1, end);
    const value = afterSpace(bytes, colon + 1, end);
    if (value >= end) return MORE;
    if (bytes[colon] !== COLON) return STRANGE;
    return this.value(bytes, value, end);
  }

  private value(bytes: Uint8Array, at: number, end: number): Lexed {
    const opening = bytes[at] as number;
    this.opening = opening;
    if (opening === OPENING_BRACE || opening === OPENING_BRACKET) {
      this.valueFrom = at;
      this.valueTo = at;
      this.at = at + 1;
      return READ;
    }
    const quoted = opening === QUOTE;
    const to = quoted ? textEnd(bytes, at + 1, end) : wordEnd(bytes, at, end);
    if (to < 0) return to === -1 ? MORE : STRANGE;
    this.valueFrom = quoted ? at + 1 : at;
    this.valueTo = to;
    this.at = quoted ? to + 1 : to;
    return READ;
  }
}

/** The first place that holds no white space. */
export function afterSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(bytes[at] as number)) at += 1;
  return at;
}

function isSpace(byte: number): boolean {
  return byte === 32 || byte === 10 || byte === 13 || byte === 9;
}

/** The place of the closing quote; -1 where it is not there yet, -2 for a text that is not read here (an escape). */
export function textEnd(bytes: Uint8Array, from: number, end: number): number {
  const last = Math.min(end, from + LONGEST);
  for (let at = from; at < last; at += 1) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH || byte < 32) return -2;
  }
  return last === end ? -1 : -2;
}

/** Behind a number, `true`, `false` or `null`. */
function wordEnd(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at] as number;
    const inWord =
      (byte >= 48 && byte < COLON) ||
      (byte >= 97 && byte <= 122) ||
      byte === 45 ||
      byte === 43 ||
      byte === 46 ||
      byte === 69;
    if (!inWord) return at === from ? -2 : at;
    if (at - from > 40) return -2;
  }
  return -1;
}

const encoder = new TextEncoder();

export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

export function startsWith(bytes: Uint8Array, from: number, beginning: Uint8Array): boolean {
  for (let i = 0; i < beginning.length; i += 1) if (bytes[from + i] !== beginning[i]) return false;
  return true;
}
