import type { Failure } from "../../shared/domain/errors.ts";
import type { SpokeRecord } from "../../shared/domain/spoke-record.ts";
import { withoutUnapproved } from "../../shared/domain/without-unapproved.ts";
import type { Composition } from "../composition.ts";
import { measureRun } from "./measure-run.ts";
import type { RunReference } from "./names.ts";

/** Writes into the record how a run ended: without a failure the spoke stands as it shall. */
export async function endRun(
  compose: Pick<Composition, "spokes" | "now">,
  run: RunReference,
  failure: Failure | null,
): Promise<void> {
  const spokes = await compose.spokes();
  let ended: { readonly record: SpokeRecord; readonly kind: "provision" | "remove" } | undefined;
  await spokes.updateRun(run.name, run.revision, (found) => {
    const record: SpokeRecord = {
      ...withoutUnapproved(found),
      status: failure === null ? "Succeeded" : "Failed",
      error: failure,
      finishedAt: compose.now(),
    };
    ended = { record, kind: found.status === "Removing" ? "remove" : "provision" };
    return record;
  });
  if (ended !== undefined) measureRun(ended.record, ended.kind);
}
