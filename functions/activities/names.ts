import type { Lane } from "../../shared/domain/lane.ts";

/** Names of the activities, as orchestrators call them. */
export const activityNames = {
  planSpoke: "planSpoke",
  settleApproval: "settleApproval",
  applyResource: "applyResource",
  finishRun: "finishRun",
} as const;

/** One run of a spoke: plan and journal are stored under it, so that history carries references only. */
export interface RunReference {
  readonly name: string;
  readonly revision: number;
  /** Of the app that began the run (run-version.ts). */
  readonly version?: number;
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
