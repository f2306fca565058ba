import { isAtWork, type SpokeRecord } from "../../shared/domain/spoke-record.ts";
import type { SpokeStore } from "../../shared/state/spoke-store.ts";
import type { RunReference } from "./names.ts";

/**
 * The record, where this run is the one at work on it; else null. A late or repeated activity of a run that is over
 * must not touch what a later run made.
 */
export async function currentRun(spokes: SpokeStore, run: RunReference): Promise<SpokeRecord | null> {
  const record = (await spokes.readRecord(run.name))?.value;
  return record !== undefined && record.revision === run.revision && isAtWork(record.status) ? record : null;
}
