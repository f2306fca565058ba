import type { OrchestrationContext, Task } from "durable-functions";
import { activityNames, type PassReference } from "../activities/names.ts";
import { goOnWithNextPass } from "./go-on-with-next-pass.ts";
import { orchestratorNames } from "./names.ts";
import { call, sideBySide } from "./side-by-side.ts";

/** Subscriptions at work side by side: each has its own limits in Azure, and this app's memory bounds them all. */
const atOnce = 8;

/**
 * Orchestration: one pass over the flow logs of all managed subscriptions. They are seen together, then judged and made
 * right one subscription an activity, so that a pass goes on after a crash where it was. One that fails is told in the log;
 * the others go on, and the next pass comes.
 */
export function* enforceFlowLogsRun(context: OrchestrationContext): Generator<Task, void, unknown> {
  const pass = context.df.getInput<PassReference>();
  const subscriptionIds = (yield call(context, activityNames.observeFlowLogs, pass)) as readonly string[];
  const parts = subscriptionIds.map((subscriptionId) => ({ ...pass, subscriptionId }));
  yield* sideBySide(context, activityNames.enforceFlowLogsIn, parts, atOnce, (some) => {
    return `Flow logs of one of ${some.map(({ subscriptionId }) => subscriptionId).join(", ")}`;
  });
  yield* goOnWithNextPass(context, orchestratorNames.enforceFlowLogsRun, pass);
}
