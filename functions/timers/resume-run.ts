import { type DurableClient, OrchestrationRuntimeStatus } from "durable-functions";
import { approvalOfRun } from "../../shared/domain/approval-of-run.ts";
import type { Failure } from "../../shared/domain/errors.ts";
import type { SpokeRecord } from "../../shared/domain/spoke-record.ts";
import { endRun } from "../activities/end-run.ts";
import type { Composition } from "../composition.ts";
import { runtimeStatusOf, startRun, wakeRun } from "../http/start-run.ts";

const terminated: Failure = {
  code: "RunTerminated",
  message: "Somebody terminated the orchestration of this run.",
  resourceId: null,
  remedy: "Find out who and why; then ask for the same spoke again: what stands is kept and the rest is made.",
};

/**
 * Sets a run going whose record says that it is at work and whose orchestration is not. What somebody terminated ends
 * instead, so that lanes still at work find no run of theirs and stop. A decision that the run has not heard of wakes it.
 */
export async function resumeRun(
  compose: Pick<Composition, "spokes" | "now">,
  client: DurableClient,
  record: SpokeRecord,
): Promise<void> {
  if ((await runtimeStatusOf(client, record)) === OrchestrationRuntimeStatus.Terminated) {
    await endRun(compose, record, terminated);
    return;
  }
  const approval = approvalOfRun(record);
  const unheard = record.status === "AwaitingApproval" && approval !== null && approval.status !== "Pending";
  await (unheard ? wakeRun(client, record) : startRun(client, record));
}
