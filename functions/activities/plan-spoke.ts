import { RefusedError, TransientError } from "../../shared/domain/errors.ts";
import type { RecordedResource } from "../../shared/domain/spoke-record.ts";
import { makePlan } from "../../shared/reconcile/make-plan.ts";
import { makeRemovalPlan } from "../../shared/reconcile/make-removal-plan.ts";
import type { StoredPlan } from "../../shared/state/spoke-store.ts";
import type { Composition } from "../composition.ts";
import { currentRun } from "./current-run.ts";
import { endRun } from "./end-run.ts";
import type { PlanAnswer, RunReference } from "./names.ts";

/** Activity: plans the run and stores the plan; a repeated call answers the plan of the first. */
export function planSpoke(compose: Composition): (run: RunReference) => Promise<PlanAnswer> {
  return async (run) => {
    const spokes = await compose.spokes();
    const record = await currentRun(spokes, run);
    if (record === null) return { refused: true };
    const kept = await spokes.readPlan(run.name, run.revision);
    if (kept !== null) return remember(compose, run, kept);
    await spokes.updateRun(run.name, run.revision, (found) => ({
      ...found,
      status: found.status === "Removing" ? "Removing" : "Running",
      startedAt: found.startedAt ?? compose.now(),
    }));
    try {
      const azure = await compose.azure();
      const { plan, lanes } =
        record.status === "Removing"
          ? await makeRemovalPlan(azure, record)
          : await makePlan(azure, await compose.configuration(), record);
      return await remember(compose, run, await spokes.keepPlan(run.name, run.revision, { plan, lanes }));
    } catch (error) {
      if (error instanceof RefusedError) {
        await endRun(compose, run, error.failure);
        return { refused: true };
      }
      // Should no attempt succeed, the end of the run tells this reason.
      if (error instanceof TransientError) {
        await spokes.updateRun(run.name, run.revision, (found) => ({ ...found, error: error.failure }));
      }
      throw error;
    }
  };
}

/** Before anything is written the record knows what will be: so a removal finds what a broken run left. */
async function remember(compose: Composition, run: RunReference, { plan, lanes }: StoredPlan): Promise<PlanAnswer> {
  const planned: RecordedResource[] = plan.changes.flatMap(({ desired }) => {
    if (desired === null) return [];
    const { id, type, ownership, steps, dependsOn } = desired;
    const recorded = { id, type, ownership, steps, dependsOn };
    return [type === "Microsoft.Authorization/roleAssignments" ? { ...recorded, assignment: desired.body } : recorded];
  });
  const ids = new Set(planned.map((resource) => resource.id));
  const spokes = await compose.spokes();
  await spokes.updateRun(run.name, run.revision, (record) => ({
    ...record,
    findings: plan.findings,
    error: null,
    resources: [...planned, ...record.resources.filter((resource) => !ids.has(resource.id))],
  }));
  return { refused: false, lanes };
}
