/**
 * The fields of one flow tuple between reading and counting. One pair of typed arrays that is written again for each
 * tuple: as arguments or objects, millions of numbers would be allocated.
 */
export interface TupleFields {
  /** Signed, so that they stay small integers: addresses beyond 127.255.255.255 are negative. */
  readonly words: Int32Array;
  readonly numbers: Float64Array;
}

export const SOURCE = 0;
export const DESTINATION = 1;
export const SOURCE_PORT = 2;
export const DESTINATION_PORT = 3;
/** IANA number. */
export const PROTOCOL = 4;
/** 1 where the packet leaves the interface, 0 where it enters. */
export const OUTBOUND = 5;
/** The letter of the flow's state as code: B, C, E or D. */
export const STATE = 6;
/** Number of the network security group and rule that decided. */
export const GROUP = 7;
/** A hash of time and counters. */
export const CHECK = 8;

/** Milliseconds since the epoch. */
export const TIME = 0;
/** Packets sent, bytes sent, packets received, bytes received. */
export const COUNTERS = 1;

export function tupleFields(): TupleFields {
  return { words: new Int32Array(9), numbers: new Float64Array(5) };
}
