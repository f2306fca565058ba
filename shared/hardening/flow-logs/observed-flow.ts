import type { Direction } from "../../rules/meaning/meaning-rule.ts";

/**
 * All flows of a window that an interface logged between the same addresses, to the same port, decided by the same rule.
 * Source ports are not told apart.
 */
export interface ObservedFlow {
  /** First address of the source as number; with `sourceLength` 32 the only one. */
  readonly source: number;
  /** Length of the prefix: below 32 where too many flows were observed to tell each address. */
  readonly sourceLength: number;
  readonly destination: number;
  readonly destinationLength: number;
  /** Null where too many flows were observed to tell each port. */
  readonly destinationPort: number | null;
  /** IANA number. */
  readonly protocol: number;
  /** As the interface sees it that logged the flow: inbound, it is the destination. */
  readonly direction: Direction;
  readonly allowed: boolean;
  /** GUID of the network security group, or of the security admin configuration, that decided. */
  readonly aclId: string;
  /** As it stands in the log: default rules begin with `DefaultRule_`. */
  readonly rule: string;
  /** Flows that began or, where the beginning lies before the window, ended; at least one. */
  readonly flows: number;
  /** From source to destination. */
  readonly packetsSent: number;
  readonly bytesSent: number;
  readonly packetsReceived: number;
  readonly bytesReceived: number;
  /** Milliseconds since the epoch. */
  readonly firstSeen: number;
  readonly lastSeen: number;
}
