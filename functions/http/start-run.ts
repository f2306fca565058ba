import type { DurableClient } from "durable-functions";
import type { SpokeRecord } from "../../shared/domain/spoke-record.ts";
import { orchestratorNames, provisionInstanceId } from "../orchestrators/names.ts";

/**
 * Starts the orchestration of the record's run where it is not started yet. The record is written first, so a crash
 * between the two leaves a spoke that the next request for it sets going.
 */
export async function startRun(client: DurableClient, record: SpokeRecord): Promise<void> {
  const instanceId = provisionInstanceId(record.name, record.revision);
  if (await isKnown(client, instanceId)) return;
  const input = { name: record.name, revision: record.revision };
  try {
    await client.startNew(orchestratorNames.provisionSpoke, { instanceId, input });
  } catch (error) {
    // Another request for the same spoke may have been faster.
    if (!(await isKnown(client, instanceId))) throw error;
  }
}

async function isKnown(client: DurableClient, instanceId: string): Promise<boolean> {
  try {
    return (await client.getStatus(instanceId)).instanceId === instanceId;
  } catch {
    // The SDK throws for an instance that does not stand; a start tells whether the engine answers at all.
    return false;
  }
}
