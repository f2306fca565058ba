import { approvalOfRun } from "../../shared/domain/approval-of-run.ts";
import { isKnownRunVersion } from "../../shared/domain/run-version.ts";
import type { SpokeRecord } from "../../shared/domain/spoke-record.ts";
import { type SpokeView, spokeView } from "../../shared/spoke/spoke-view.ts";
import type { SpokeStore, StoredPlan } from "../../shared/state/spoke-store.ts";
import type { Composition } from "../composition.ts";

/** The record with the progress of its latest run. */
export async function currentView(compose: Composition, record: SpokeRecord): Promise<SpokeView> {
  const spokes = await compose.spokes();
  const [plan, journal] = await Promise.all([planOf(spokes, record), spokes.readJournal(record.name, record.revision)]);
  // What another version of the tool planned may mean something else here: it is not shown.
  const known = isKnownRunVersion(plan?.plan.version);
  return spokeView(record, known ? (plan?.plan ?? null) : null, known ? journal : []);
}

/** Until a run is planned for good, what it proposes. */
async function planOf(spokes: SpokeStore, record: SpokeRecord): Promise<StoredPlan | null> {
  const plan = await spokes.readPlan(record.name, record.revision);
  if (plan !== null || approvalOfRun(record) === null) return plan;
  return spokes.readPlan(record.name, record.revision, "proposed");
}
