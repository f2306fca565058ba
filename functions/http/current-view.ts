import type { SpokeRecord } from "../../shared/domain/spoke-record.ts";
import { type SpokeView, spokeView } from "../../shared/spoke/spoke-view.ts";
import type { Composition } from "../composition.ts";

/** The record with the progress of its latest run. */
export async function currentView(compose: Composition, record: SpokeRecord): Promise<SpokeView> {
  const spokes = await compose.spokes();
  const [plan, journal] = await Promise.all([
    spokes.readPlan(record.name, record.revision),
    spokes.readJournal(record.name, record.revision),
  ]);
  return spokeView(record, plan?.plan ?? null, journal);
}
