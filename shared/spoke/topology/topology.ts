import type { ConnectivityStatus } from "../../domain/connectivity.ts";

/** What becomes of traffic: "held-back" is meant to pass, "unintended" is not. */
export type LinkState = "passes" | "held-back" | "unintended" | "unknown";

/** Private addresses outside the spoke, and everything beyond. */
export type Outside = "internal" | "internet";

/** Traffic between two places of a picture that differ. */
export interface TopologyLink {
  /** Tier name, `gateway`, or a place outside. */
  readonly from: string | Outside;
  readonly to: string | Outside;
  readonly state: LinkState;
  /** Short: protocols and ports. */
  readonly text: string;
  /** Everything that is known of it. */
  readonly title: string;
}

/** A subnet with what happens at it alone: probes, its load balancer, its machines among themselves. */
export interface TopologySubnet {
  /** Tier name, or `gateway`. */
  readonly name: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly details: readonly { readonly state: LinkState; readonly text: string }[];
}

/** A spoke as it is drawn. */
export interface Topology {
  readonly name: string;
  readonly status: ConnectivityStatus;
  /** ISO 8601. */
  readonly observedAt: string;
  readonly addressPrefix: string;
  readonly hub: { readonly name: string; readonly addressPrefixes: readonly string[] } | null;
  /** Private address of the firewall through which the tiers' traffic leaves the spoke. */
  readonly firewall: string | null;
  /** The gateway, then the tiers in the order of the traffic. */
  readonly subnets: readonly TopologySubnet[];
  readonly links: readonly TopologyLink[];
  /** Sentences: counterexamples and critical findings. */
  readonly refutations: readonly string[];
}
