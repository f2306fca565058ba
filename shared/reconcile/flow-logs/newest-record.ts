import type { AzurePorts } from "../../azure/ports.ts";
import { RefusedError } from "../../domain/errors.ts";
import type { SeenStorage } from "../../spoke/flow-log-enforcement/observed-networks.ts";

const hour = 3_600_000;

/**
 * When a flow log wrote its newest record, ISO 8601; null where it never did. A blob that was touched long after its hour
 * holds no later record than that of its hour.
 * @throws RefusedError or TransientError where the storage could not be asked
 */
export async function newestRecord(
  { flowLogBlobs }: Pick<AzurePorts, "flowLogBlobs">,
  flowLogId: string,
  { id, blobEndpoint }: SeenStorage,
  now: string,
): Promise<string | null> {
  if (blobEndpoint === null) throw withoutEndpoint(id);
  const newest = await flowLogBlobs.newest({ flowLogId, blobEndpoint }, Date.parse(now));
  return newest === null ? null : new Date(Math.min(newest.lastModified, newest.hour + hour)).toISOString();
}

function withoutEndpoint(resourceId: string): RefusedError {
  return new RefusedError({
    code: "BlobEndpointUnknown",
    message: "Azure does not tell where the blobs of the storage account for flow logs are.",
    resourceId,
    remedy: "Let flowLogs.storageAccountIds of the platform configuration name an account with blobs.",
  });
}
