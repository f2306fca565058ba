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
