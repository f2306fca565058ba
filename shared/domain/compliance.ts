import type { StepNumber } from "./finding.ts";
import type { ChangeAction, PropertyDifference } from "./plan.ts";
import type { ResourceType } from "./resource.ts";

/**
 * "exempt": it fails, and somebody decided that it may; "notApplicable": the spoke has nothing that it is about;
 * "unknown": the tool cannot see it, which is never a pass.
 */
export type ControlStatus = "pass" | "fail" | "exempt" | "notApplicable" | "unknown";

export type ControlSeverity = "critical" | "high" | "medium" | "low";

/** Principles of Zero Trust as the guidance's first table names them. */
export type Principle = "Verify explicitly" | "Use least privileged access" | "Assume breach";

/** One row of the guidance, as people read it; how it is judged is its definition's business. */
export interface ControlDescription {
  readonly id: string;
  readonly title: string;
  /** Null of what the guidance says outside its seven steps. */
  readonly step: StepNumber | null;
  readonly principles: readonly Principle[];
  /** Section of the guidance. */
  readonly section: string;
  readonly severity: ControlSeverity;
}

/** What was seen. */
export interface ControlEvidence {
  readonly resourceId: string | null;
  readonly seen: string;
  readonly differences?: readonly PropertyDifference[];
}

/** Who lets a control fail, why and until when. */
export interface ControlExemption {
  readonly id: string;
  readonly owner: string;
  readonly reason: string;
  readonly ticket: string | null;
  readonly expiresAt: string | null;
}

/** A control of one spoke, judged. */
export interface ControlVerdict {
  readonly id: string;
  readonly status: ControlStatus;
  /** At most ten entries; `seen` of the last says how many more there are. */
  readonly evidence: readonly ControlEvidence[];
  readonly remedy: string;
  readonly exemption?: ControlExemption;
}

/** A resource that stands otherwise than it shall, and that nobody exempted. */
export interface DriftedResource {
  readonly id: string;
  readonly type: ResourceType;
  readonly action: ChangeAction;
  readonly differences: readonly PropertyDifference[];
  /** Whether the watch over networks tells and restores it by itself; the rest a run of the spoke mends. */
  readonly watched: boolean;
}

/** Sums of the weights of controls, from which scores are made. */
export interface ControlWeights {
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
}

/**
 * "NonCompliant": a control fails; "Compliant": none does; "NotAssessed": the spoke could not be judged, its reason
 * says why; "Skipped": a run is at work, the controls are those of the sweep before.
 */
export type ComplianceStatus = "Compliant" | "NonCompliant" | "NotAssessed" | "Skipped";

/** A spoke, judged. */
export interface SpokeCompliance {
  readonly spoke: string;
  readonly subscriptionId: string;
  readonly status: ComplianceStatus;
  /** Why it could not be judged, or was left out; null where it was. */
  readonly reason: string | null;
  readonly controls: readonly ControlVerdict[];
  readonly weights: ControlWeights;
  readonly drift: readonly DriftedResource[];
  /** Moment of the observation that this rests on, ISO 8601. */
  readonly checkedAt: string;
  /** When it was last judged anew. */
  readonly judgedAt: string;
  readonly sweepId: string;
  /** Of everything that the verdict depends on; what has the same one has the same verdict. */
  readonly fingerprint: string;
}

/** A sweep over all spokes. */
export interface ComplianceSweep {
  readonly id: string;
  readonly status: "Running" | "Succeeded" | "Failed";
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** How many spokes it looked at, and how many of them had changed since the sweep before. */
  readonly spokes: number;
  readonly assessed: number;
  /** Rows and documents that were read. */
  readonly resources: number;
  /** Calls to Azure that reading took. */
  readonly calls: number;
  /** Spokes that were run again because they had drifted. */
  readonly repaired: number;
  readonly error: string | null;
}

/** One point of the score's history. */
export interface ScorePoint {
  readonly at: string;
  /** 0–100; null where nothing was counted. */
  readonly score: number | null;
  readonly spokes: number;
  /** Spokes of which a control fails. */
  readonly failed: number;
}
