import { digitsAt } from "./digits.ts";
import type { TupleBatch } from "./tuple-batch.ts";

const QUOTE = 34;
const COMMA = 44;
const ZERO = 48;
/** The characters `,,,,` and `,0,0`. */
const FOUR_COMMAS = 0x2c2c2c2c;
const TWO_ZEROS = 0x2c302c30;
/** What four counters of 0 make of a check, as each multiplies it by 31. */
const FOUR_EMPTY = 31 ** 4;

/**
 * Reads packets and bytes sent and received into a place of the batch, from the comma before them on, and mixes them into the
 * check that stands there. Answers the place of the quote behind them; -1 for others than four of up to nine digits.
 */
export function readCounters(view: DataView, comma: number, batch: TupleBatch, index: number): number {
  const { counters, checks } = batch;
  const first = 4 * index;
  const empty = emptyLength(view, comma);
  if (empty > 0) {
    for (let place = first; place < first + 4; place += 1) counters[place] = 0;
    checks[index] = Math.imul(checks[index] as number, FOUR_EMPTY);
    return comma + empty;
  }
  let at = comma;
  let odd = view.getUint8(comma) ^ COMMA;
  let check = checks[index] as number;
  for (let counter = 0; counter < 4; counter += 1) {
    const digits = digitsAt(view, at + 1);
    let value = digits >>> 4;
    at += 1 + (digits & 15);
    if ((digits & 15) === 8) {
      const ninth = view.getUint8(at) - ZERO;
      if (ninth >= 0 && ninth <= 9) {
        value = (Math.imul(value, 10) + ninth) | 0;
        at += 1;
      }
    }
    counters[first + counter] = value;
    check = (Math.imul(check, 31) + value) | 0;
    odd |= view.getUint8(at) ^ (counter < 3 ? COMMA : QUOTE);
  }
  checks[index] = check;
  return odd === 0 ? at : -1;
}

/** The length of four counters that are empty or 0, as where a flow begins or is denied; 0 for others. */
function emptyLength(view: DataView, comma: number): number {
  const four = view.getInt32(comma);
  if (four === FOUR_COMMAS) return view.getUint8(comma + 4) === QUOTE ? 4 : 0;
  const isZeros = four === TWO_ZEROS && view.getInt32(comma + 4) === TWO_ZEROS && view.getUint8(comma + 8) === QUOTE;
  return isZeros ? 8 : 0;
}
