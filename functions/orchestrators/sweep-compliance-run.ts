import type { OrchestrationContext, Task } from "durable-functions";
import {
  activityNames,
  type SweepEnd,
  type SweepPart,
  type SweepReference,
  type SweepSize,
} from "../activities/names.ts";
import { orchestratorNames } from "./names.ts";
import { transientRetry } from "./transient-retry.ts";

/** Subscriptions that are judged side by side: this app's memory bounds them. */
const atOnce = 4;

/**
 * Orchestration: one compliance sweep. All rows are read first, page by page into the state, then each subscription is
 * judged in an orchestration of its own, a few at a time: the history holds references only, and what was read before a
 * crash is not read again.
 */
export function* sweepComplianceRun(context: OrchestrationContext): Generator<Task, void, unknown> {
  const { sweepId } = context.df.getInput<SweepReference>();
  const call = (name: string, input: SweepReference): Task =>
    context.df.callActivityWithRetry(name, transientRetry(), input);
  let error: string | null = null;
  try {
    const { readings, subscriptions } = (yield call(activityNames.beginSweep, { sweepId })) as SweepSize;
    for (let index = 0; index < readings; index++) {
      const part: SweepPart = { sweepId, index };
      // Answers whether there is more to read.
      while (yield call(activityNames.readSweepRows, part));
    }
    const surroundings: SweepPart = { sweepId, index: null };
    yield call(activityNames.readSweepSettings, surroundings);
    for (let first = 0; first < subscriptions; first += atOnce) {
      const parts = Array.from({ length: Math.min(atOnce, subscriptions - first) }, (_, index): SweepPart => {
        return { sweepId, index: first + index };
      });
      const ends = (yield context.df.Task.all(
        parts.map((part) => context.df.callSubOrchestrator(orchestratorNames.sweepSubscription, part)),
      )) as (string | null)[];
      error = [error, ...ends].find((one) => one !== null) ?? null;
    }
  } catch (thrown) {
    error = String(thrown);
  }
  const end: SweepEnd = { sweepId, error };
  yield call(activityNames.finishSweep, end);
}
