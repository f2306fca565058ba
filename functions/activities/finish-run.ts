import type { InvocationContext } from "@azure/functions";
import type { Failure } from "../../shared/domain/errors.ts";
import type { Plan } from "../../shared/domain/plan.ts";
import { resourceIdKey } from "../../shared/domain/resource-id.ts";
import type { JournalEntry } from "../../shared/domain/run-journal.ts";
import { isKnownRunVersion, unknownRunVersion } from "../../shared/domain/run-version.ts";
import type { SpokeRecord } from "../../shared/domain/spoke-record.ts";
import { type ResourceView, spokeView } from "../../shared/spoke/spoke-view.ts";
import type { Composition } from "../composition.ts";
import { currentRun } from "./current-run.ts";
import { endRun } from "./end-run.ts";
import { measureRun, measureSteps } from "./measure-run.ts";
import type { RunReference } from "./names.ts";

/** A run that ended before its plan was carried out says so, however it came about. */
const interrupted: Failure = {
  code: "Interrupted",
  message: "The run ended before all of its plan was carried out.",
  resourceId: null,
  remedy: "Ask for the same spoke again: what stands is kept and the rest is made.",
};

/**
 * Activity: reads plan and journal of the run and writes its end into the record. Where the end is written already,
 * by an attempt that died before it could answer, nothing is left to do: a spoke that is Removed stays so.
 */
export function finishRun(
  compose: Composition,
): (run: RunReference, context: Pick<InvocationContext, "log" | "warn">) => Promise<void> {
  return async (run, context) => {
    const spokes = await compose.spokes();
    const record = await currentRun(spokes, run);
    if (record === null) return;
    const plan = (await spokes.readPlan(run.name, run.revision))?.plan ?? null;
    const journal = await spokes.readJournal(run.name, run.revision);
    if (plan !== null && !isKnownRunVersion(plan.version)) {
      await endRun(compose, run, unknownRunVersion(plan.version));
      return;
    }
    if (plan !== null) await forgetDeleted(compose, run, plan, journal);
    const { resources, steps } = spokeView(record, plan, journal);
    measureSteps(steps);
    const failure = plan === null ? (record.error ?? interrupted) : failureOf(resources);
    if (failure === null) context.log(`Run ${run.revision} is done.`);
    else context.warn(`Run ${run.revision} failed: ${failure.code}.`);
    if (failure === null && record.status === "Removing") await forgetSpoke(compose, run);
    else await endRun(compose, run, failure);
  };
}

/** Why a run did not carry out all of its plan; null where it did. */
function failureOf(resources: readonly ResourceView[]): Failure | null {
  if (resources.every(({ status }) => status === "Succeeded")) return null;
  return resources.find(({ status }) => status === "Failed")?.error ?? interrupted;
}

/** A spoke that is removed gives its address space back; its record stays, to tell that it once stood. */
async function forgetSpoke(compose: Composition, run: RunReference): Promise<void> {
  const spokes = await compose.spokes();
  const kept = await (await compose.leases()).release(run.name);
  if (kept !== null) return endRun(compose, run, kept);
  await forgetAmendments(compose, run.name);
  let ended: SpokeRecord | undefined;
  await spokes.updateRun(run.name, run.revision, (record) => {
    ended = {
      ...record,
      status: "Removed",
      resources: [],
      approval: undefined,
      approved: undefined,
      error: null,
      finishedAt: compose.now(),
    };
    return ended;
  });
  if (ended !== undefined) measureRun(ended, "remove");
}

/** What somebody decided about this spoke says nothing of the one that will bear its name. */
async function forgetAmendments(compose: Composition, spoke: string): Promise<void> {
  const amendments = await compose.amendments();
  for (const amendment of await amendments.list()) {
    if (amendment.spoke === spoke) await amendments.remove(amendment.id);
  }
}

async function forgetDeleted(
  compose: Composition,
  run: RunReference,
  plan: Plan,
  journal: readonly JournalEntry[],
): Promise<void> {
  const gone = new Set(
    journal.flatMap((entry) => {
      const change = plan.changes[entry.change];
      const deleted = entry.event === "finished" && entry.failure === null && change?.action === "delete";
      return deleted ? [resourceIdKey(change.id)] : [];
    }),
  );
  if (gone.size === 0) return;
  const spokes = await compose.spokes();
  await spokes.updateRun(run.name, run.revision, (record) => ({
    ...record,
    resources: record.resources.filter((resource) => !gone.has(resourceIdKey(resource.id))),
  }));
}
