import type { OrchestrationContext, Task } from "durable-functions";
import { activityNames, type HardeningScope, type PassReference } from "../activities/names.ts";
import { goOnWithNextPass } from "./go-on-with-next-pass.ts";
import { orchestratorNames } from "./names.ts";
import { transientRetry } from "./transient-retry.ts";

/** Subscriptions and spokes that are looked at side by side: the traffic of a spoke takes memory. */
const atOnce = 4;

/**
 * Orchestration: one hardening pass. All is seen in bulk, then Defender's recommendations are taken in a subscription an
 * activity, what traffic recommends a spoke an activity; in the end what is safe is applied, where the mode says so. One
 * that fails is told in the log, and the others go on.
 */
export function* applyHardeningRun(context: OrchestrationContext): Generator<Task, void, unknown> {
  const pass = context.df.getInput<PassReference>();
  const scope = (yield call(context, activityNames.observeHardening, pass)) as HardeningScope;
  const work = [
    ...scope.subscriptionIds.map((subscriptionId) => ({
      name: activityNames.recommendByDefender,
      input: { ...pass, subscriptionId },
    })),
    ...scope.spokes.map((spoke) => ({ name: activityNames.recommendByTraffic, input: { ...pass, spoke } })),
  ];
  for (let first = 0; first < work.length; first += atOnce) {
    const some = work.slice(first, first + atOnce);
    try {
      yield context.df.Task.all(some.map(({ name, input }) => call(context, name, input)));
    } catch (error) {
      if (!context.df.isReplaying) context.error(`A part of the hardening pass failed: ${String(error)}`);
    }
  }
  yield call(context, activityNames.applyRecommendations, pass);
  yield* goOnWithNextPass(context, orchestratorNames.applyHardeningRun, pass);
}

function call(context: OrchestrationContext, name: string, input: unknown): Task {
  return context.df.callActivityWithRetry(name, transientRetry(), input);
}
