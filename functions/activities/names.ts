import type { Lane } from "../../shared/domain/lane.ts";

/** Names of the activities, as orchestrators call them. */
export const activityNames = {
  planSpoke: "planSpoke",
  settleApproval: "settleApproval",
  applyResource: "applyResource",
  finishRun: "finishRun",
  observeFlowLogs: "observeFlowLogs",
  enforceFlowLogsIn: "enforceFlowLogsIn",
  observeHardening: "observeHardening",
  recommendByDefender: "recommendByDefender",
  recommendByTraffic: "recommendByTraffic",
  applyRecommendations: "applyRecommendations",
  nextPass: "nextPass",
  beginSweep: "beginSweep",
  readSweepRows: "readSweepRows",
  readSweepSettings: "readSweepSettings",
  assessSubscription: "assessSubscription",
  repairDrift: "repairDrift",
  finishSweep: "finishSweep",
} as const;

/** One run of a spoke: plan and journal are stored under it, so that history carries references only. */
export interface RunReference {
  readonly name: string;
  readonly revision: number;
  /** Of the app that began the run (run-version.ts). */
  readonly version?: number;
  /** Of whoever asked for the run: what it logs and calls belongs to that trace. */
  readonly traceparent?: string;
}

/**
 * What planning a run answers: the work in lanes, or that there is none to do because the plan was refused. `awaits` is
 * there where somebody has to approve the plan first: the moment (ISO 8601, UTC) until which they may.
 */
export type PlanAnswer =
  | { readonly refused: false; readonly lanes: readonly Lane[]; readonly awaits?: string }
  | { readonly refused: true };

/** Whether a run may go on: "ended" where it was rejected, has expired or was taken back. */
export type ApprovalAnswer = "approved" | "pending" | "ended";

/** One change of a run's plan, by its index. */
export interface ApplyResourceInput extends RunReference {
  readonly change: number;
}

/** One pass over all managed subscriptions; what it saw is stored under this. */
export interface PassReference {
  /** When it began, in digits: part of the names of blobs. */
  readonly pass: string;
}

/** A pass that ends, and whose. */
export interface PassEnd extends PassReference {
  readonly orchestrator: string;
}

/** One subscription of a pass. */
export interface SubscriptionOfPass extends PassReference {
  readonly subscriptionId: string;
}

/** One spoke of a pass. */
export interface SpokeOfPass extends PassReference {
  readonly spoke: string;
}

/** What a hardening pass is about. */
export interface HardeningScope {
  readonly subscriptionIds: readonly string[];
  readonly spokes: readonly string[];
}

/** One compliance sweep: what it is about and what it has read are stored under its id. */
export interface SweepReference {
  readonly sweepId: string;
}

/** How much a sweep has to read and to judge. */
export interface SweepSize {
  readonly readings: number;
  readonly subscriptions: number;
}

/** One query of a sweep, or one of its subscriptions, by index; null = what all spokes share. */
export interface SweepPart extends SweepReference {
  readonly index: number | null;
}

/** Drift that a run of a spoke has to mend: none; some; or some beside what the watch over networks restores itself. */
export type SweepDrift = "none" | "alone" | "beside-watched";

/** How a sweep ended: null where nothing went wrong. */
export interface SweepEnd extends SweepReference {
  readonly error: string | null;
}
