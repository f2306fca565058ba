import type { OrchestrationContext, Task } from "durable-functions";
import { activityNames, type HardeningScope, type PassReference } from "../activities/names.ts";
import { goOnWithNextPass } from "./go-on-with-next-pass.ts";
import { orchestratorNames } from "./names.ts";
import { call, sideBySide } from "./side-by-side.ts";

/** Subscriptions that are looked at side by side. */
const subscriptionsAtOnce = 4;
/** The traffic of a spoke takes memory. */
const spokesAtOnce = 2;
const failed = () => "A part of the hardening pass failed";

/**
 * Orchestration: one hardening pass. All is seen in bulk, then Defender's recommendations are taken in a subscription an
 * activity, what traffic recommends a spoke an activity; in the end what is safe is applied, where the mode says so. One
 * that fails is told in the log, and the others go on.
 */
export function* applyHardeningRun(context: OrchestrationContext): Generator<Task, void, unknown> {
  const pass = context.df.getInput<PassReference>();
  const scope = (yield call(context, activityNames.observeHardening, pass)) as HardeningScope;
  const subscriptions = scope.subscriptionIds.map((subscriptionId) => ({ ...pass, subscriptionId }));
  yield* sideBySide(context, activityNames.recommendByDefender, subscriptions, subscriptionsAtOnce, failed);
  const spokes = scope.spokes.map((spoke) => ({ ...pass, spoke }));
  yield* sideBySide(context, activityNames.recommendByTraffic, spokes, spokesAtOnce, failed);
  yield call(context, activityNames.applyRecommendations, pass);
  yield* goOnWithNextPass(context, orchestratorNames.applyHardeningRun, pass);
}
