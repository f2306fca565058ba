import type { OrchestrationContext, Task } from "durable-functions";
import { type ApprovalAnswer, activityNames, type RunReference } from "../activities/names.ts";
import { eventNames } from "./names.ts";
import { transientRetry } from "./transient-retry.ts";

/** The record is looked at so often even if no decision wakes the run: one was lost, or there is none. */
const longestSleepMilliseconds = 6 * 3_600_000;
/** Clocks differ: where the record's moment is not there yet, the run looks again after a pause. */
const shortestSleepMilliseconds = 1_000;

/**
 * Waits until the record says whether the run may go on. The record is the authority: a decision only wakes the run,
 * and the run looks for itself by then, and when the time to decide is over.
 * @param until the moment until which it may be decided, ISO 8601
 */
export function* awaitApproval(
  context: OrchestrationContext,
  run: RunReference,
  until: string,
): Generator<Task, boolean, unknown> {
  for (;;) {
    const answer = (yield context.df.callActivityWithRetry(
      activityNames.settleApproval,
      transientRetry(),
      run,
    )) as ApprovalAnswer;
    if (answer !== "pending") return answer === "approved";
    const now = context.df.currentUtcDateTime.getTime();
    const sleep = Math.min(Date.parse(until) - now, longestSleepMilliseconds);
    const timer = context.df.createTimer(new Date(now + Math.max(sleep, shortestSleepMilliseconds)));
    const decided = context.df.waitForExternalEvent(eventNames.approvalDecided);
    const first = yield context.df.Task.any([decided, timer]);
    // An open timer would keep the instance on Azure from ending.
    if (first === decided) timer.cancel();
  }
}
