import type { OrchestrationContext, Task } from "durable-functions";
import { activityNames, type PlanAnswer, type RunReference } from "../activities/names.ts";
import { awaitApproval } from "./await-approval.ts";
import { orchestratorNames } from "./names.ts";
import { transientRetry } from "./transient-retry.ts";

/** Orchestration: plan the run, have it approved where it must be, do its lanes side by side, write how it ended. */
export function* provisionSpoke(context: OrchestrationContext): Generator<Task, void, unknown> {
  const run = context.df.getInput<RunReference>();
  try {
    let plan = (yield planOf(context, run)) as PlanAnswer;
    if (!plan.refused && plan.awaits !== undefined) {
      if (!(yield* awaitApproval(context, run, plan.awaits))) return;
      // While somebody thought it over, the world moved: what is applied is planned anew.
      plan = (yield planOf(context, run)) as PlanAnswer;
    }
    if (plan.refused) return;
    if (plan.lanes.length > 0) {
      const lanes = plan.lanes.map((lane) =>
        context.df.callSubOrchestrator(orchestratorNames.applyLane, { ...run, lane }),
      );
      yield context.df.Task.all(lanes);
    }
  } catch (error) {
    if (!context.df.isReplaying) context.error(`Run ${run.revision} of ${run.name} ends early: ${String(error)}`);
  }
  yield context.df.callActivityWithRetry(activityNames.finishRun, transientRetry(), run);
}

function planOf(context: OrchestrationContext, run: RunReference): Task {
  return context.df.callActivityWithRetry(activityNames.planSpoke, transientRetry(), run);
}
