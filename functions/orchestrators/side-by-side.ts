import type { OrchestrationContext, Task } from "durable-functions";
import { transientRetry } from "./transient-retry.ts";

/**
 * Calls an activity for each input, so many at a time. Those among which one fails are told in the log, and the others
 * go on.
 * @param told what failed, in words, of the inputs that were at work together
 */
export function* sideBySide<I>(
  context: OrchestrationContext,
  name: string,
  inputs: readonly I[],
  atOnce: number,
  told: (some: readonly I[]) => string,
): Generator<Task, void, unknown> {
  for (let first = 0; first < inputs.length; first += atOnce) {
    const some = inputs.slice(first, first + atOnce);
    try {
      yield context.df.Task.all(some.map((input) => call(context, name, input)));
    } catch (error) {
      if (!context.df.isReplaying) context.error(`${told(some)}: ${String(error)}`);
    }
  }
}

/** An activity that is tried again where its failure may pass. */
export function call(context: OrchestrationContext, name: string, input: unknown): Task {
  return context.df.callActivityWithRetry(name, transientRetry(), input);
}
