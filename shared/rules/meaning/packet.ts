import type { Direction } from "./meaning-rule.ts";
import type { ProtocolName } from "./protocol.ts";

/** One packet as a rule sees it. For protocols without ports the ports are what Azure compares in their place. */
export interface Packet {
  readonly direction: Direction;
  readonly protocol: ProtocolName | number;
  readonly sourceAddress: string;
  readonly sourcePort: number;
  readonly destinationAddress: string;
  readonly destinationPort: number;
}

/** The symbols (`tag:…`, `asg:…`) that a packet's sides belong to; they belong to no other. */
export interface Memberships {
  readonly source: readonly string[];
  readonly destination: readonly string[];
}

export const noMemberships: Memberships = { source: [], destination: [] };
