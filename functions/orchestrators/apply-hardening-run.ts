import type { OrchestrationContext, Task } from "durable-functions";
import { activityNames, type HardeningScope, type PassReference } from "../activities/names.ts";
import { goOnWithNextPass } from "./go-on-with-next-pass.ts";
import { orchestratorNames } from "./names.ts";
import { transientRetry } from "./transient-retry.ts";

/** Subscriptions that are looked at side by side. */
const subscriptionsAtOnce = 4;
/** The traffic of a spoke takes memory. */
const spokesAtOnce = 2;

/**
 * Orchestration: one hardening pass. All is seen in bulk, then Defender's recommendations are taken in a subscription an
 * activity, what traffic recommends a spoke an activity; in the end what is safe is applied, where the mode says so. One
 * that fails is told in the log, and the others go on.
 */
export function* applyHardeningRun(context: OrchestrationContext): Generator<Task, void, unknown> {
  const pass = context.df.getInput<PassReference>();
  const scope = (yield call(context, activityNames.observeHardening, pass)) as HardeningScope;
  const subscriptions = scope.subscriptionIds.map((subscriptionId) => ({ ...pass, subscriptionId }));
  yield* sideBySide(context, activityNames.recommendByDefender, subscriptions, subscriptionsAtOnce);
  const spokes = scope.spokes.map((spoke) => ({ ...pass, spoke }));
  yield* sideBySide(context, activityNames.recommendByTraffic, spokes, spokesAtOnce);
  yield call(context, activityNames.applyRecommendations, pass);
  yield* goOnWithNextPass(context, orchestratorNames.applyHardeningRun, pass);
}

function* sideBySide(
  context: OrchestrationContext,
  name: string,
  inputs: readonly PassReference[],
  atOnce: number,
): Generator<Task, void, unknown> {
  for (let first = 0; first < inputs.length; first += atOnce) {
    try {
      yield context.df.Task.all(inputs.slice(first, first + atOnce).map((input) => call(context, name, input)));
    } catch (error) {
      if (!context.df.isReplaying) context.error(`A part of the hardening pass failed: ${String(error)}`);
    }
  }
}

function call(context: OrchestrationContext, name: string, input: unknown): Task {
  return context.df.callActivityWithRetry(name, transientRetry(), input);
}
