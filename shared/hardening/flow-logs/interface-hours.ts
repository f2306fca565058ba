const HOUR = 3_600_000;
/** Addresses told of one interface; Azure allows 256. */
const MOST_ADDRESSES = 256;
const MOST_INTERFACES = 65_536;

/** One network interface as flow logs know it. */
export interface ObservedInterface {
  readonly macAddress: string;
  /** Its addresses, as numbers, as far as a flow was seen at them. */
  readonly addresses: readonly number[];
  /** Hours since the epoch in which it logged something. */
  readonly hours: readonly number[];
}

interface Interface {
  readonly addresses: Set<number>;
  readonly hours: Set<number>;
}

/** In which hours which interfaces logged: how much of a window is covered by data is measured, not supposed. */
export class InterfaceHours {
  private readonly interfaces = new Map<string, Interface>();
  private current: Interface = { addresses: new Set(), hours: new Set() };

  /** A record of an interface begins. `time` is when it was logged, in milliseconds; not a number where that is unknown. */
  begin(macAddress: string, time: number): void {
    const known = this.interfaces.get(macAddress);
    this.current = known ?? { addresses: new Set(), hours: new Set() };
    if (known === undefined && this.interfaces.size < MOST_INTERFACES) this.interfaces.set(macAddress, this.current);
    if (Number.isFinite(time)) this.current.hours.add(Math.floor(time / HOUR));
  }

  /** The interface of the record has this address. */
  has(address: number): void {
    const { addresses } = this.current;
    if (addresses.size < MOST_ADDRESSES) addresses.add(address >>> 0);
  }

  observed(): ObservedInterface[] {
    return [...this.interfaces].map(([macAddress, { addresses, hours }]) => ({
      macAddress,
      addresses: [...addresses].sort((a, b) => a - b),
      hours: [...hours].sort((a, b) => a - b),
    }));
  }
}
