import type { InvocationContext } from "@azure/functions";
import { approvalOfRun } from "../../shared/domain/approval-of-run.ts";
import { RefusedError, TransientError } from "../../shared/domain/errors.ts";
import { checkRunVersion } from "../../shared/domain/run-version.ts";
import { makePlan } from "../../shared/reconcile/make-plan.ts";
import { makeRemovalPlan } from "../../shared/reconcile/make-removal-plan.ts";
import type { PlanKind, SpokeStore, StoredPlan } from "../../shared/state/spoke-store.ts";
import { amendmentsOf } from "../amendments-of.ts";
import type { Composition } from "../composition.ts";
import { currentRun } from "./current-run.ts";
import { endRun } from "./end-run.ts";
import type { PlanAnswer, RunReference } from "./names.ts";
import { proposePlan } from "./propose-plan.ts";
import { rememberPlan } from "./remember-plan.ts";

/**
 * Activity: plans the run and stores the plan; a repeated call answers the plan of the first. A run that somebody has to
 * approve is planned twice: to be shown, and to be carried out.
 */
export function planSpoke(
  compose: Composition,
): (run: RunReference, context: Pick<InvocationContext, "log" | "warn">) => Promise<PlanAnswer> {
  return async (run, context) => {
    const spokes = await compose.spokes();
    const record = await currentRun(spokes, run);
    if (record === null) return { refused: true };
    const approved = (approvalOfRun(record)?.status ?? "Approved") === "Approved";
    const kind = approved ? "carried-out" : "proposed";
    const goOn = approved ? rememberPlan : proposePlan;
    try {
      checkRunVersion(run.version);
      const kept = await keptPlan(spokes, run, kind);
      checkRunVersion(kept?.plan.version);
      if (kept !== null) return await goOn(compose, run, kept);
      await spokes.updateRun(run.name, run.revision, (found) => ({
        ...found,
        status: found.status === "Removing" || kind === "proposed" ? found.status : "Running",
        startedAt: found.startedAt ?? compose.now(),
      }));
      const azure = await compose.azure();
      const { plan, lanes } =
        record.status === "Removing"
          ? await makeRemovalPlan(azure, record)
          : await makePlan(
              azure,
              await compose.configuration(),
              record,
              await amendmentsOf(compose, record.name),
              compose.now(),
            );
      const open = plan.changes.filter(({ action }) => action !== "none").length;
      context.log(`Run ${run.revision}, plan ${kind}: ${open} of ${plan.changes.length} resources to change.`);
      return await goOn(compose, run, await spokes.keepPlan(run.name, run.revision, { plan, lanes }, kind));
    } catch (error) {
      if (error instanceof RefusedError) {
        context.warn(`Run ${run.revision} is refused: ${error.failure.code}. ${error.failure.message}`);
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

/**
 * The plan that this very run kept. A run notes on its record that it began before it keeps a plan: a plan beside a record
 * without that is of another run of this number, whose record was lost or set back to an older state, and is not carried
 * out again.
 */
async function keptPlan(spokes: SpokeStore, run: RunReference, kind: PlanKind): Promise<StoredPlan | null> {
  const kept = await spokes.readPlan(run.name, run.revision, kind);
  if (kept === null || (await currentRun(spokes, run))?.startedAt !== null) return kept;
  await spokes.forgetRun(run.name, run.revision);
  return null;
}
