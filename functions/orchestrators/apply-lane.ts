import type { OrchestrationContext, Task } from "durable-functions";
import type { ChangeOutcome, Lane } from "../../shared/domain/lane.ts";
import { type ApplyResourceInput, activityNames, type RunReference } from "../activities/names.ts";
import { orchestratorNames } from "./names.ts";
import { transientRetry } from "./transient-retry.ts";

export interface ApplyLaneInput extends RunReference {
  readonly lane: Lane;
}

/**
 * Pauses before another attempt at what Azure could not do yet, in seconds. Each attempt waits patiently itself, so
 * these are for troubles that last: about a quarter of an hour in all.
 */
const pauses = [5, 15, 45, 135, 300, 300];

/**
 * Orchestration: the waves of one lane, one after the other; it ends where a change could not be made, because what
 * comes after depends on it. Answers whether all of it was made. Slow changes that nothing waits for run beside the
 * rest of the lane, which is then an orchestration of its own: every task is awaited in exactly one place, as Durable
 * Functions demands.
 */
export function* applyLane(context: OrchestrationContext): Generator<Task, boolean, never> {
  const input = context.df.getInput<ApplyLaneInput>();
  try {
    return yield* applyWaves(context, input);
  } catch (error) {
    // A lane that throws would end the run while its neighbours are still at work.
    if (!context.df.isReplaying)
      context.error(`A lane of run ${input.revision} of ${input.name} ends: ${String(error)}`);
    return false;
  }
}

function* applyWaves(
  context: OrchestrationContext,
  { name, revision, traceparent, lane }: ApplyLaneInput,
): Generator<Task, boolean, never> {
  const run: RunReference = { name, revision, ...(traceparent && { traceparent }) };
  for (const [index, wave] of lane.waves.entries()) {
    if (wave.alongside.length > 0) {
      const waves = [{ changes: wave.changes, alongside: [] }, ...lane.waves.slice(index + 1)];
      const rest = context.df.callSubOrchestrator(orchestratorNames.applyLane, { ...run, lane: { waves } });
      const attempts = wave.alongside.map((change) => attempt(context, run, change));
      const [done, ...outcomes]: [boolean, ...ChangeOutcome[]] = yield context.df.Task.all([rest, ...attempts]);
      return (yield* finish(context, run, outcomes)) && done;
    }
    if (!(yield* make(context, run, wave.changes))) return false;
  }
  return true;
}

function attempt(context: OrchestrationContext, run: RunReference, change: number): Task {
  const input: ApplyResourceInput = { ...run, change };
  // The activity throws only where it could not even write down how it ended.
  return context.df.callActivityWithRetry(activityNames.applyResource, transientRetry(), input);
}

/** Makes changes side by side; answers whether all were made. */
function* make(
  context: OrchestrationContext,
  run: RunReference,
  changes: readonly number[],
): Generator<Task, boolean, never> {
  if (changes.length === 0) return true;
  const outcomes: ChangeOutcome[] = yield context.df.Task.all(changes.map((change) => attempt(context, run, change)));
  return yield* finish(context, run, outcomes);
}

/** Repeats what was not possible yet, with growing pauses. What was refused is not repeated. */
function* finish(
  context: OrchestrationContext,
  run: RunReference,
  first: readonly ChangeOutcome[],
): Generator<Task, boolean, never> {
  let outcomes = first;
  for (const pause of pauses) {
    if (outcomes.some((outcome) => outcome.status === "refused")) return false;
    const open = outcomes.filter((outcome) => outcome.status === "not-yet");
    if (open.length === 0) return true;
    yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + pause * 1000));
    outcomes = yield context.df.Task.all(open.map(({ change }) => attempt(context, run, change)));
  }
  return outcomes.every((outcome) => outcome.status === "succeeded");
}
