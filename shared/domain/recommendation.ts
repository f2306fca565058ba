import type { Person } from "./approval.ts";
import type { Finding } from "./finding.ts";
import type { JustInTimePolicy } from "./just-in-time-access.ts";
import type { SecurityRuleBody } from "./resource.ts";

/**
 * Where a recommendation comes from: "flow-logs" is the tool's own derivation from the traffic that really was,
 * "just-in-time" what a policy of Defender for Cloud would close until somebody asks; the others are Defender's.
 */
export type RecommendationSource = "flow-logs" | "defender-assessment" | "adaptive-network-hardening" | "just-in-time";

export const recommendationSources: readonly RecommendationSource[] = [
  "flow-logs",
  "defender-assessment",
  "adaptive-network-hardening",
  "just-in-time",
];

/**
 * "Open": recommended now; "Accepted": decided, and not yet seen standing; "Applied": it stands; "Gone": nobody recommends
 * it any more.
 */
export type RecommendationStatus = "Open" | "Accepted" | "Applied" | "Gone";

export const recommendationStatuses: readonly RecommendationStatus[] = ["Open", "Accepted", "Applied", "Gone"];

/** One rule otherwise than the request makes it; `after` null takes it away. */
export interface RuleChange {
  readonly networkSecurityGroupId: string;
  readonly rule: string;
  readonly kind: "narrow" | "remove";
  readonly before: SecurityRuleBody;
  readonly after: SecurityRuleBody | null;
}

/** What the change would have done to the traffic of the window. */
export interface Replay {
  readonly from: string;
  readonly to: string;
  /** Flows that were looked at, not only distinct ones. */
  readonly flows: number;
  readonly wouldBlock: number;
  /** Some of those, in words. */
  readonly blocked: readonly string[];
  /** In a sentence: "would have blocked 0 of 1,204,331 flows in 30 days". */
  readonly summary: string;
}

/** What accepting it does: a changed rule, the spoke run again, a policy written, Defender's rules enforced, or nothing. */
export type RecommendationRemedy =
  | { readonly kind: "rule"; readonly change: RuleChange }
  | { readonly kind: "run-spoke" }
  | { readonly kind: "just-in-time-policy"; readonly policy: JustInTimePolicy }
  | {
      readonly kind: "adaptive-network-hardening";
      readonly virtualMachineId: string;
      readonly rules: readonly AdaptiveRule[];
    }
  | { readonly kind: "by-hand" };

/** A rule of Defender's adaptive network hardening: these addresses alone may reach the port. */
export interface AdaptiveRule {
  readonly name: string;
  readonly direction: "Inbound" | "Outbound";
  readonly destinationPort: number;
  readonly protocols: readonly ("Tcp" | "Udp")[];
  readonly ipAddresses: readonly string[];
  readonly networkSecurityGroupIds: readonly string[];
}

export interface RecommendationDecision {
  readonly by: Person;
  readonly at: string;
  readonly reason: string;
  readonly ticket: string | null;
  /** Decided by the mode `enforce`, because the replay blocks nothing, nothing is gained and the guidance is kept. */
  readonly automatically: boolean;
}

/** What would make a network harder, why, and what became of it. */
export interface Recommendation {
  readonly id: string;
  readonly source: RecommendationSource;
  readonly status: RecommendationStatus;
  /** Null where it is about no spoke. */
  readonly spoke: string | null;
  readonly subscriptionId: string;
  readonly resourceGroup: string | null;
  readonly resourceId: string;
  readonly title: string;
  readonly severity: Finding["severity"];
  /** MITRE ATT&CK tactics against which it helps, as Defender names them. */
  readonly tactics: readonly string[];
  /** Points that it brings to the secure score of its subscription; null where Defender tells none. */
  readonly scoreGain: number | null;
  readonly reasons: readonly string[];
  /** What to do, in words. */
  readonly advice: string;
  readonly remedy: RecommendationRemedy;
  /** What it rests on: of flow logs the window, flows, bytes, first and last seen; of Defender its cause. */
  readonly evidence: Readonly<Record<string, unknown>>;
  /** Null where nothing is replayed: of Defender's, which rest on no traffic. */
  readonly replay: Replay | null;
  /** What passes after it and not before, and the other way round, in the words of the spoke. */
  readonly difference: { readonly gained: readonly string[]; readonly lost: readonly string[] } | null;
  /** Whether all flows of the guidance and of the request still pass; null where no rule changes. */
  readonly keepsGuidance: boolean | null;
  /** Whether the mode `enforce` applies it by itself. */
  readonly safe: boolean;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** Of an open one: the decision that somebody took back since; it is not applied by itself again. */
  readonly decision: RecommendationDecision | null;
  readonly amendmentId: string | null;
  /** After it was applied: traffic that it blocks. */
  readonly findings: readonly Finding[];
}
