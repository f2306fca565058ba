import { digitsAt, fourAt, numberOf, othersIn } from "./digits.ts";
import { readAddress } from "./read-address.ts";
import { readCounters } from "./read-counters.ts";
import { isSameAddress, isSameShortText, isSameText } from "./same-text.ts";
import type { TupleBatch } from "./tuple-batch.ts";

const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const LETTER_I = 73;
const LETTER_O = 79;
/** States: D denied, B begun, C continuing, E ended. */
const LETTER_B = 66;
const LETTER_C = 67;
const LETTER_E = 69;
/** The characters `,NX` and `,"`. */
const NOT_ENCRYPTED = 0x2c4e58;
const COMMA_AND_QUOTE = 0x2c22;
/** A digit and a comma, with the digit 0. */
const ZERO_AND_COMMA = 0x302c;
/** Longest word for encryption that is read here. */
const LONGEST_WORD = 64;

/** More bytes than are looked at from the beginning of a tuple on. */
export const TUPLE_MARGIN = 256;

/**
 * Reads flow tuples of version 4 in the usual form into the batch: time, source, destination, source port, destination
 * port, protocol by IANA number, `I` or `O`, state, encryption, packets and bytes sent, packets and bytes received (Microsoft
 * Learn, "Virtual network flow logs", log format). `quote` is where the first begins, and none beyond `last` is begun.
 * Answers where it stopped: at the quote that opens a tuple to be read as text or by another call, or behind the last one.
 * From `last` on the view holds `TUPLE_MARGIN` bytes, whatever they are; the first tuple has its closing quote.
 *
 * Most of a tuple is as in the one before. Such parts are recognised by their bytes and not read again.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one loop with all it knows in variables, as calls for each field would halve the speed
export function readTuples(view: DataView, quote: number, last: number, batch: TupleBatch): number {
  const { again, sources, destinations, ports, traits, states, times, checks } = batch;
  const most = again.length;
  let { count } = batch;
  let next = quote;
  // The first eight digits of a time, which stay the same for a hundred seconds.
  let stem = Number.NaN;
  let stemTime = 0;
  let stemCheck = 0;
  // Of the flow before: where it stands, from the source to the comma before the state; its parts and their lengths.
  let flow = -1;
  let flowLength = 0;
  let source = 0;
  let sourceLength = 0;
  let destination = 0;
  let destinationLength = 0;
  let port = 0;
  let trait = 0;
  let serviceLength = 0;
  let state = 0;
  while (next <= last && count < most) {
    const from = next + 1;
    const eight = view.getFloat64(from, true);
    if (eight !== stem) {
      const upper = fourAt(view, from);
      const lower = fourAt(view, from + 4);
      if ((othersIn(upper) | othersIn(lower)) !== 0) break;
      const number = Math.imul(numberOf(upper), 10_000) + numberOf(lower);
      stem = eight;
      stemTime = number * 1e5;
      stemCheck = Math.imul(number, 100_000);
    }
    const four = fourAt(view, from + 8);
    const digit = view.getUint16(from + 12) - ZERO_AND_COMMA;
    if (othersIn(four) !== 0 || (digit & 255) !== 0 || digit < 0 || digit > 0x900) break;
    const five = Math.imul(numberOf(four), 10) + (digit >> 8);

    let at = from + 14;
    // What begins or goes on is often followed by its end.
    if ((state === LETTER_B || state === LETTER_C) && isSameText(view, flow, at, flowLength)) {
      again[count] = 1;
      flow = at;
      at += flowLength;
    } else {
      const before = flow;
      const destinationBefore = before + sourceLength;
      const serviceBefore = before + flowLength - serviceLength;
      flow = at;
      if (before < 0 || !isSameAddress(view, before, at, sourceLength)) {
        sourceLength = readAddress(view, at, sources, count);
        if (sourceLength < 0) break;
        source = sources[count] as number;
      }
      at += sourceLength;
      if (before < 0 || !isSameAddress(view, destinationBefore, at, destinationLength)) {
        destinationLength = readAddress(view, at, destinations, count);
        if (destinationLength < 0) break;
        destination = destinations[count] as number;
      }
      at += destinationLength;
      const sourcePort = digitsAt(view, at);
      at += sourcePort & 15;
      if (!isPort(sourcePort) || view.getUint8(at) !== COMMA) break;
      at += 1;
      if (before < 0 || !isSameShortText(view, serviceBefore, at, serviceLength)) {
        const service = at;
        const destinationPort = digitsAt(view, at);
        at += destinationPort & 15;
        if (!isPort(destinationPort) || view.getUint8(at) !== COMMA) break;
        const protocol = digitsAt(view, at + 1);
        at += 1 + (protocol & 15);
        const direction = view.getUint8(at + 1);
        const isSound = (direction === LETTER_I || direction === LETTER_O) && view.getUint8(at + 2) === COMMA;
        if (!isProtocol(protocol) || view.getUint8(at) !== COMMA || !isSound) break;
        port = destinationPort >>> 4;
        trait = ((protocol >>> 4) << 1) | (direction === LETTER_O ? 1 : 0);
        at += 3;
        serviceLength = at - service;
      } else at += serviceLength;
      flowLength = at - flow;
      again[count] = 0;
      sources[count] = source;
      destinations[count] = destination;
      ports[count] = ((sourcePort >>> 4) << 16) | port;
      traits[count] = trait;
    }

    const word = view.getInt32(at);
    state = word >>> 24;
    if (state < LETTER_B || state > LETTER_E) break;
    at = (word & 0xffffff) === NOT_ENCRYPTED ? at + 4 : wordEnd(view, at + 1);
    if (at < 0) break;

    checks[count] = (stemCheck + five) | 0;
    at = readCounters(view, at, batch, count);
    if (at < 0) break;
    times[count] = stemTime + five;
    states[count] = state;
    count += 1;

    next = at + 2;
    // Bytes behind the last tuple may be older ones.
    if (next > last || view.getUint16(at + 1) !== COMMA_AND_QUOTE) {
      next = at + 1;
      break;
    }
  }
  batch.count = count;
  return next;
}

function isPort(digits: number): boolean {
  const count = digits & 15;
  return count > 0 && count <= 5 && digits >>> 4 <= 65_535;
}

function isProtocol(digits: number): boolean {
  const count = digits & 15;
  return count > 0 && count <= 3 && digits >>> 4 <= 255;
}

/** The comma behind a word that follows a comma, or -1. */
function wordEnd(view: DataView, comma: number): number {
  if (view.getUint8(comma) !== COMMA) return -1;
  for (let at = comma + 1; at <= comma + LONGEST_WORD; at += 1) {
    const byte = view.getUint8(at);
    if (byte === COMMA) return at;
    if (byte === QUOTE || byte === BACKSLASH || byte < 32) return -1;
  }
  return -1;
}
