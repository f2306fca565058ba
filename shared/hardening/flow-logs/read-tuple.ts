import { CHECK, COUNTERS, OUTBOUND, PROTOCOL, SOURCE_PORT, STATE, TIME, type TupleFields } from "./tuple-fields.ts";

const QUOTE = 34;
const COMMA = 44;
const DOT = 46;
const ZERO = 48;
const LETTER_I = 73;
const LETTER_O = 79;
/** A comma as a digit would be read. */
const COMMA_AS_DIGIT = COMMA - ZERO;

/** Times below are in seconds, which the documentation's own example has, and from here on in milliseconds. */
export const FIRST_MILLISECONDS = 1e11;

/**
 * Reads one flow tuple of version 4 in the usual form: time, source, destination, source port, destination port, protocol
 * by IANA number, `I` or `O`, state, encryption, packets and bytes sent, packets and bytes received (Microsoft Learn,
 * "Virtual network flow logs", log format). Answers the place of the closing quote, or -1 for a tuple that is to
 * be read as text. It reads up to a byte that does not fit, so there must be a quote behind `from`.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one loop over the bytes, as calls for each field would halve the speed
export function readTuple(bytes: Uint8Array, from: number, { words, numbers }: TupleFields): number {
  // Thirteen digits without a branch that hangs on them: what is none makes `odd` large.
  let odd = 0;
  let upper = 0;
  for (let at = from; at < from + 6; at += 1) {
    const digit = (bytes[at] as number) ^ ZERO;
    odd |= digit + 6;
    upper = (upper * 10 + digit) | 0;
  }
  let lower = 0;
  for (let at = from + 6; at < from + 13; at += 1) {
    const digit = (bytes[at] as number) ^ ZERO;
    odd |= digit + 6;
    lower = (lower * 10 + digit) | 0;
  }
  if (odd > 15 || bytes[from + 13] !== COMMA) return -1;
  numbers[TIME] = upper * 1e7 + lower;
  let check = (Math.imul(upper, 31) + lower) | 0;

  let at = from + 13;
  let digit = 0;
  for (let side = 0; side < 2; side += 1) {
    let address = 0;
    let octet = 0;
    let dots = 0;
    let start = at + 1;
    let byte = 0;
    for (;;) {
      byte = bytes[++at] as number;
      digit = byte - ZERO;
      if (digit >= 0 && digit <= 9) octet = (octet * 10 + digit) | 0;
      else if (byte === DOT && dots < 3 && octet < 256 && at > start) {
        address = (address << 8) | octet;
        octet = 0;
        dots += 1;
        start = at + 1;
      } else break;
    }
    if (byte !== COMMA || dots !== 3 || octet > 255 || at === start || at > start + 3) return -1;
    words[side] = (address << 8) | octet;
  }

  for (let field = SOURCE_PORT; field <= PROTOCOL; field += 1) {
    let value = 0;
    const start = at + 1;
    digit = (bytes[++at] as number) - ZERO;
    for (; digit >= 0 && digit <= 9; digit = (bytes[++at] as number) - ZERO) value = (value * 10 + digit) | 0;
    if (digit !== COMMA_AS_DIGIT || at === start || at > start + 5 || value > 65535) return -1;
    words[field] = value;
  }

  const direction = bytes[at + 1];
  const state = bytes[at + 3] as number;
  if ((direction !== LETTER_O && direction !== LETTER_I) || bytes[at + 2] !== COMMA || !isState(state)) return -1;
  if ((words[PROTOCOL] as number) > 255) return -1;
  words[OUTBOUND] = direction === LETTER_O ? 1 : 0;
  words[STATE] = state;

  if (bytes[at + 4] !== COMMA) return -1;
  at += 5;
  let byte = bytes[at] as number;
  while (byte !== COMMA && byte !== QUOTE && byte >= 32) byte = bytes[++at] as number;

  for (let counter = 0; counter < 4; counter += 1) {
    if (byte !== COMMA) return -1;
    let value = 0;
    const end = at + 10;
    digit = (bytes[++at] as number) - ZERO;
    for (; digit >= 0 && digit <= 9 && at < end; digit = (bytes[++at] as number) - ZERO) {
      value = (value * 10 + digit) | 0;
    }
    byte = digit + ZERO;
    numbers[COUNTERS + counter] = value;
    check = (Math.imul(check, 31) + value) | 0;
  }
  words[CHECK] = check;
  return byte === QUOTE ? at : -1;
}

/** D denied, B begun, C continuing, E ended. */
function isState(byte: number): boolean {
  return byte >= 66 && byte <= 69;
}
