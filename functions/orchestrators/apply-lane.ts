import type { OrchestrationContext, Task } from "durable-functions";
import type { ChangeOutcome, Wave } from "../../shared/domain/lane.ts";
import { activityNames, type RunReference } from "../activities/names.ts";
import { orchestratorNames } from "./names.ts";
import { transientRetry } from "./transient-retry.ts";

export interface ApplyLaneInput extends RunReference {
  readonly lane: { readonly waves: readonly Wave[] };
}

/**
 * Orchestration: the waves of one lane, one after the other; it ends where a change could not be made, because what
 * comes after depends on it. Slow changes that nothing waits for run beside the rest of the lane, which is then an
 * orchestration of its own: every task is awaited in exactly one place, as Durable Functions demands.
 */
export function* applyLane(context: OrchestrationContext): Generator<Task, boolean, unknown> {
  const { name, revision, lane } = context.df.getInput<ApplyLaneInput>();
  const apply = (change: number) =>
    context.df.callActivityWithRetry(activityNames.applyResource, transientRetry(), { name, revision, change });
  for (const [index, wave] of lane.waves.entries()) {
    if (wave.alongside.length > 0) {
      const waves = [{ changes: wave.changes, alongside: [] }, ...lane.waves.slice(index + 1)];
      const rest = context.df.callSubOrchestrator(orchestratorNames.applyLane, { name, revision, lane: { waves } });
      const outcomes = (yield context.df.Task.all([rest, ...wave.alongside.map(apply)])) as [
        boolean,
        ...ChangeOutcome[],
      ];
      return outcomes.every((outcome) => outcome === true || (outcome !== false && outcome.status === "succeeded"));
    }
    const outcomes = (yield context.df.Task.all(wave.changes.map(apply))) as ChangeOutcome[];
    if (outcomes.some((outcome) => outcome.status !== "succeeded")) return false;
  }
  return true;
}
