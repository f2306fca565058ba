import { type DurableClient, OrchestrationRuntimeStatus } from "durable-functions";
import { runVersion } from "../../shared/domain/run-version.ts";
import type { SpokeRecord } from "../../shared/domain/spoke-record.ts";
import type { RunReference } from "../activities/names.ts";
import { eventNames, orchestratorNames, provisionInstanceId } from "../orchestrators/names.ts";

const over: ReadonlySet<OrchestrationRuntimeStatus> = new Set([
  OrchestrationRuntimeStatus.Completed,
  OrchestrationRuntimeStatus.Failed,
  OrchestrationRuntimeStatus.Terminated,
  OrchestrationRuntimeStatus.Canceled,
]);

/**
 * Sets the orchestration of a record going that is still at work, where none is. The record is written first, so a
 * crash between the two, or an instance that somebody terminated, leaves a spoke that the next request for it sets
 * going again: every activity can be repeated.
 */
export async function startRun(client: DurableClient, record: SpokeRecord): Promise<void> {
  const instanceId = provisionInstanceId(record.name, record.revision);
  const orchestrator = record.status === "Removing" ? orchestratorNames.removeSpoke : orchestratorNames.provisionSpoke;
  const { name, revision, traceparent } = record;
  const input: RunReference = { name, revision, version: runVersion, ...(traceparent && { traceparent }) };
  await startOnce(client, orchestrator, instanceId, input);
}

/** Starts an orchestration where none of this id is under way. */
export async function startOnce(
  client: DurableClient,
  orchestrator: string,
  instanceId: string,
  input: unknown,
): Promise<void> {
  if (await isUnderWay(client, instanceId)) return;
  try {
    await client.startNew(orchestrator, { instanceId, input });
  } catch (error) {
    // Another call may have been faster.
    if (!(await isUnderWay(client, instanceId))) throw error;
  }
}

/**
 * Tells a run that waits for approval to look at its record; one that is not under way is set going. The record was
 * written before, so a call that is lost delays the run and no more: it looks by itself from time to time.
 */
export async function wakeRun(client: DurableClient, record: SpokeRecord): Promise<void> {
  const instanceId = provisionInstanceId(record.name, record.revision);
  if (await isUnderWay(client, instanceId)) await client.raiseEvent(instanceId, eventNames.approvalDecided, {});
  else await startRun(client, record);
}

/** The status of a run's instance; null where there is none. */
export function runtimeStatusOf(
  client: DurableClient,
  record: SpokeRecord,
): Promise<OrchestrationRuntimeStatus | null> {
  return statusOf(client, provisionInstanceId(record.name, record.revision));
}

/** Whether an orchestration of this id runs, or is about to. */
export async function isUnderWay(client: DurableClient, instanceId: string): Promise<boolean> {
  const status = await statusOf(client, instanceId);
  return status !== null && !over.has(status);
}

async function statusOf(client: DurableClient, instanceId: string): Promise<OrchestrationRuntimeStatus | null> {
  try {
    return (await client.getStatus(instanceId)).runtimeStatus;
  } catch {
    // The SDK throws for an instance that does not stand; a start tells whether the engine answers at all.
    return null;
  }
}
