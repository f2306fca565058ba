import type { Failure } from "../../shared/domain/errors.ts";
import { withoutUnapproved } from "../../shared/domain/without-unapproved.ts";
import type { Composition } from "../composition.ts";
import type { RunReference } from "./names.ts";

/** Writes into the record how a run ended: without a failure the spoke stands as it shall. */
export async function endRun(
  compose: Pick<Composition, "spokes" | "now">,
  run: RunReference,
  failure: Failure | null,
): Promise<void> {
  const spokes = await compose.spokes();
  await spokes.updateRun(run.name, run.revision, (record) => ({
    ...withoutUnapproved(record),
    status: failure === null ? "Succeeded" : "Failed",
    error: failure,
    finishedAt: compose.now(),
  }));
}
