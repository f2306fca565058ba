import type { Lane } from "../../shared/domain/lane.ts";

/** Names of the activities, as orchestrators call them. */
export const activityNames = {
  planSpoke: "planSpoke",
  applyResource: "applyResource",
  finishRun: "finishRun",
} as const;

/** One run of a spoke: plan and journal are stored under it, so that history carries references only. */
export interface RunReference {
  readonly name: string;
  readonly revision: number;
}

/** What planning a run answers: the work in lanes, or that there is none to do because the plan was refused. */
export type PlanAnswer = { readonly refused: false; readonly lanes: readonly Lane[] } | { readonly refused: true };

/** One change of a run's plan, by its index. */
export interface ApplyResourceInput extends RunReference {
  readonly change: number;
}
