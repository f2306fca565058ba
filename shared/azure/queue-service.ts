import type { QueueServiceClient } from "@azure/storage-queue";
import { identityCredential } from "./identity-credential.ts";

/** A client of a storage account's queues: by connection string, or by identity (`clientId` for a user-assigned one). */
export async function queueServiceClient(
  settings:
    | { readonly connectionString: string }
    | { readonly queueServiceUri: string; readonly clientId: string | null },
): Promise<QueueServiceClient> {
  const { QueueServiceClient: Client } = await import("@azure/storage-queue");
  if ("connectionString" in settings) return Client.fromConnectionString(settings.connectionString);
  return new Client(settings.queueServiceUri, await identityCredential(settings.clientId));
}
