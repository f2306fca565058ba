import type { InvocationContext } from "@azure/functions";
import { type Failure, RefusedError, TransientError } from "../../shared/domain/errors.ts";
import type { ChangeOutcome } from "../../shared/domain/lane.ts";
import { isKnownRunVersion } from "../../shared/domain/run-version.ts";
import { applyChange } from "../../shared/reconcile/apply-change.ts";
import type { Composition } from "../composition.ts";
import { currentRun } from "./current-run.ts";
import type { ApplyResourceInput } from "./names.ts";

/**
 * Activity: makes one change of the plan and writes its progress to the journal. Whether it was made, refused or not
 * possible yet is an outcome and never thrown: one change that fails must not take those beside it out of sight.
 */
export function applyResource(
  compose: Composition,
): (input: ApplyResourceInput, context: Pick<InvocationContext, "log" | "warn">) => Promise<ChangeOutcome> {
  return async ({ name, revision, change: index }, context) => {
    const spokes = await compose.spokes();
    if ((await currentRun(spokes, { name, revision })) === null) return { change: index, status: "refused" };
    const plan = (await spokes.readPlan(name, revision))?.plan;
    // The end of the run tells why.
    if (!isKnownRunVersion(plan?.version)) return { change: index, status: "refused" };
    const change = plan?.changes[index];
    if (change === undefined) throw new Error(`The plan of run ${revision} of ${name} has no change ${index}`);
    const { resources } = await compose.azure();
    const turns = await compose.turns();
    await spokes.addToJournal(name, revision, { event: "started", change: index, at: compose.now() });
    const finish = (action: typeof change.action, failure: Failure | null) =>
      spokes.addToJournal(name, revision, { event: "finished", change: index, at: compose.now(), action, failure });
    try {
      const action = await applyChange({ resources, turns, spoke: name }, change);
      await finish(action, null);
      context.log(`${change.id}: ${action === "none" ? "stands already" : `${action}, made`}.`);
      return { change: index, status: "succeeded" };
    } catch (error) {
      const failure = failureOf(error, change.id);
      await finish("none", failure);
      context.warn(`${failure.resourceId}: ${failure.code}. ${failure.message}`);
      return { change: index, status: error instanceof RefusedError ? "refused" : "not-yet" };
    }
  };
}

function failureOf(error: unknown, resourceId: string): Failure {
  if (error instanceof RefusedError || error instanceof TransientError) {
    return { ...error.failure, resourceId: error.failure.resourceId ?? resourceId };
  }
  return {
    code: "Unexpected",
    message: error instanceof Error ? error.message : "The work on this resource ended unexpectedly.",
    resourceId,
    remedy: "Run the spoke again; if it happens again, report it with the time and the name of the spoke.",
  };
}
