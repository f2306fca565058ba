import type { SecurityRuleBody } from "../domain/resource.ts";

/** What a change of rules would have meant for the flows of the window. */
export interface Replay {
  /** Flows that passed the network security group in the window. */
  readonly flows: number;
  /** Of these, those that the changed rules would stop, or may stop where that hangs on a service tag. */
  readonly wouldBlock: number;
  /** Flows that the rules before the change do not let pass either, though they passed then. */
  readonly alreadyBlocked: number;
  /** Flows of which it is known neither before nor after the change, as nothing tells the members of a service tag. */
  readonly undecided: number;
  /** Some of those that would be stopped, in words. */
  readonly blocked: readonly string[];
}

/** What a recommendation rests on. Times are in milliseconds since the epoch. */
export interface Evidence {
  readonly windowFrom: number;
  readonly windowTo: number;
  /** Hours of the window in which an interface of the subnet logged. */
  readonly hoursCovered: number;
  readonly hoursExpected: number;
  /** Flows that the rule let pass. */
  readonly flows: number;
  /** Bytes of these flows, both ways. */
  readonly bytes: number;
  /** Null where there was none. */
  readonly firstSeen: number | null;
  readonly lastSeen: number | null;
  /** Some of the flows, those with most bytes first, in words. */
  readonly sample: readonly string[];
}

/** A rule that lets pass more than was used, and what would let pass what was used. */
export interface Recommendation {
  /** The same for the same change of the same rule. */
  readonly id: string;
  readonly spoke: string;
  readonly networkSecurityGroupId: string;
  /** Tier name, or `gateway`. */
  readonly subnet: string;
  readonly rule: string;
  readonly kind: "narrow" | "remove";
  readonly before: SecurityRuleBody;
  /** Null where the rule would go. */
  readonly after: SecurityRuleBody | null;
  readonly evidence: Evidence;
  readonly replay: Replay;
  /** What passes otherwise, most dangerous first; `gained` is empty. */
  readonly difference: { readonly gained: readonly string[]; readonly lost: readonly string[] };
  /** Whether every flow that the request or the guidance means still passes. */
  readonly keepsGuidance: boolean;
  readonly severity: "high" | "medium" | "low";
  readonly reasons: readonly string[];
}

/** Why nothing is recommended for a network security group. */
export interface NotJudged {
  readonly networkSecurityGroupId: string;
  readonly subnet: string;
  readonly code:
    | "window-too-short"
    | "window-not-covered"
    | "logs-not-readable"
    | "ipv6-traffic"
    | "rules-not-readable";
  readonly message: string;
}
