/** They stay in the processor's nearest cache. */
const MOST = 128;

/**
 * Flow tuples between being read and being counted, some at once: reading, recognising what was met before and adding up
 * are one small loop each, which is far quicker than three calls for each tuple. A typed array for each field, as millions
 * of objects or numbers would be allocated otherwise, and as constants of another module would be loaded each time.
 */
export class TupleBatch {
  count = 0;
  /** Number of the network security group and rule that decided on all of them. */
  group = 0;
  /** 1 where the flow is that of the tuple before: then addresses, ports and traits are not written. */
  readonly again = new Uint8Array(MOST);
  /** Signed, so that they stay small integers: addresses beyond 127.255.255.255 are negative. */
  readonly sources = new Int32Array(MOST);
  readonly destinations = new Int32Array(MOST);
  /** Source port above, destination port below. */
  readonly ports = new Int32Array(MOST);
  /** IANA number of the protocol, times two, and 1 where the packet leaves the interface. */
  readonly traits = new Int32Array(MOST);
  /** The letters of the flows' states as code: B, C, E or D. */
  readonly states = new Uint8Array(MOST);
  /** Milliseconds since the epoch. */
  readonly times = new Float64Array(MOST);
  /** Four for each: packets and bytes sent, packets and bytes received. */
  readonly counters = new Float64Array(4 * MOST);
  /** Hashes of time and counters. */
  readonly checks = new Int32Array(MOST);
  /** 1 where the same tuple was met before in its record. */
  readonly repeated = new Uint8Array(MOST);

  get isFull(): boolean {
    return this.count === MOST;
  }
}
