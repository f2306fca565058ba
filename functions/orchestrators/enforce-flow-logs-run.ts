import type { OrchestrationContext, Task } from "durable-functions";
import { activityNames, type PassReference } from "../activities/names.ts";
import { goOnWithNextPass } from "./go-on-with-next-pass.ts";
import { orchestratorNames } from "./names.ts";
import { transientRetry } from "./transient-retry.ts";

/** Subscriptions at work side by side: each has its own limits in Azure, and this app's memory bounds them all. */
const atOnce = 8;

/**
 * Orchestration: one pass over the flow logs of all managed subscriptions. They are seen together, then judged and made
 * right one subscription an activity, so that a pass goes on after a crash where it was. One that fails is told in the log;
 * the others go on, and the next pass comes.
 */
export function* enforceFlowLogsRun(context: OrchestrationContext): Generator<Task, void, unknown> {
  const pass = context.df.getInput<PassReference>();
  const subscriptionIds = (yield context.df.callActivityWithRetry(
    activityNames.observeFlowLogs,
    transientRetry(),
    pass,
  )) as readonly string[];
  for (let first = 0; first < subscriptionIds.length; first += atOnce) {
    const some = subscriptionIds.slice(first, first + atOnce);
    try {
      yield context.df.Task.all(
        some.map((subscriptionId) =>
          context.df.callActivityWithRetry(activityNames.enforceFlowLogsIn, transientRetry(), {
            ...pass,
            subscriptionId,
          }),
        ),
      );
    } catch (error) {
      if (!context.df.isReplaying) context.error(`Flow logs of one of ${some.join(", ")}: ${String(error)}`);
    }
  }
  yield* goOnWithNextPass(context, orchestratorNames.enforceFlowLogsRun, pass);
}
