import type { Finding } from "./finding.ts";

/**
 * "Refuted": a packet passes that is not meant to, is held back though it is meant to pass, or what the proof rests on
 * does not hold. "Unknown": nothing refutes it, and an NSG could not be read. "NotBuilt": nothing of the network stands.
 */
export type ConnectivityStatus = "Proven" | "Refuted" | "Unknown" | "NotBuilt";

/** A rule that decides on a flow, or the lack of an NSG or of a subnet that does. */
export interface DecidingRule {
  /** Tier name, or `gateway`. */
  readonly subnet: string;
  /** ARM id of the NSG of the subnet; null where none is there. */
  readonly networkSecurityGroup: string | null;
  readonly direction: "Inbound" | "Outbound";
  /** Null where the NSG could not be read. */
  readonly rule: string | null;
}

/** A flow that the request means, and what becomes of it. */
export interface ConnectivityFlow {
  readonly from: string;
  readonly to: string;
  readonly protocol: "Tcp" | "Udp" | "*";
  /** `443`, `65200-65535` or `*`. */
  readonly ports: string;
  readonly reason: string;
  /** False where it may pass and need not. */
  readonly required: boolean;
  /** Whether all of its packets pass, end to end; null where that is not known. */
  readonly passes: boolean | null;
  /** At the source and then at the destination, as far as these lie in the spoke. */
  readonly deciding: readonly DecidingRule[];
}

/** A packet that is treated otherwise than is meant. */
export interface ConnectivityCounterexample {
  /** The whole of it in a sentence. */
  readonly words: string;
  readonly subnet: string;
  readonly from: string;
  readonly to: string;
  readonly packet: {
    readonly direction: "Inbound" | "Outbound";
    readonly protocol: string | number;
    readonly sourceAddress: string;
    readonly sourcePort: number;
    readonly destinationAddress: string;
    readonly destinationPort: number;
  };
  /** True where it passes and is not meant to; false where it is meant to pass and does not. */
  readonly passes: boolean;
  readonly rule: string;
  readonly networkSecurityGroup: string | null;
}

/** What the network of a spoke lets pass, as it stands in Azure, against what its request means. */
export interface Connectivity {
  readonly name: string;
  readonly status: ConnectivityStatus;
  readonly flows: readonly ConnectivityFlow[];
  /** At most twenty. */
  readonly counterexamples: readonly ConnectivityCounterexample[];
  /** What else was seen: a critical one refutes, as the proof rests on what it denies. */
  readonly findings: readonly Finding[];
  readonly assumptions: readonly string[];
}
