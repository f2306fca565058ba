import type { OrchestrationContext, Task } from "durable-functions";
import { activityNames, type SweepDrift, type SweepPart } from "../activities/names.ts";
import { transientRetry } from "./transient-retry.ts";

/** So long the watch over networks has for what it restores itself; a run that is at work would keep it from looking. */
const watchSeconds = 60;

/**
 * Orchestration: the spokes of one subscription in a sweep. Answers why it failed, or null: one subscription that cannot be
 * judged does not keep the others from it.
 */
export function* sweepSubscription(context: OrchestrationContext): Generator<Task, string | null, unknown> {
  const part = context.df.getInput<SweepPart>();
  const call = (name: string): Task => context.df.callActivityWithRetry(name, transientRetry(), part);
  try {
    yield call(activityNames.readSweepSettings);
    const drift = (yield call(activityNames.assessSubscription)) as SweepDrift;
    if (drift === "none") return null;
    if (drift === "beside-watched") {
      yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + watchSeconds * 1000));
    }
    yield call(activityNames.repairDrift);
    return null;
  } catch (error) {
    if (!context.df.isReplaying) context.error(`Subscription ${part.index} of sweep ${part.sweepId}: ${String(error)}`);
    return String(error);
  }
}
