import type { AddressSet } from "./address-set.ts";
import type { IntervalSet } from "./interval-set.ts";

export type Direction = "Inbound" | "Outbound";
export type Access = "Allow" | "Deny";

export const directions: readonly Direction[] = ["Inbound", "Outbound"];

/**
 * What one security rule says, and nothing else of it. Every protocol has both port fields: for TCP and UDP they are
 * ports. Azure documents no ports for ICMP, ESP and AH, and an NSG was seen to hold an ICMP rule's port against the ICMP
 * type (azure-docs issue 51522): so the fields stand for whatever Azure compares there. Rules that are equal
 * for every value are equal under each such reading, and rules for these protocols should say `*`.
 */
export interface MeaningRule {
  readonly name: string;
  readonly priority: number;
  readonly direction: Direction;
  readonly access: Access;
  /** Index in `namedProtocols`; null for any. */
  readonly protocol: number | null;
  readonly source: AddressSet;
  readonly sourcePorts: IntervalSet;
  readonly destination: AddressSet;
  readonly destinationPorts: IntervalSet;
}

/** One network security group: its own rules and the six that every one has, by direction and in order of priority. */
export interface SecurityGroupMeaning {
  readonly name: string;
  readonly Inbound: readonly MeaningRule[];
  readonly Outbound: readonly MeaningRule[];
}
