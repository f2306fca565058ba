import { storageEndpoint } from "./storage-endpoint.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** How the account of network events is reached, as the Functions host reaches it for its triggers. */
export interface NetworkEventsStorage {
  readonly blobs:
    | { readonly connectionString: string }
    | { readonly blobServiceUri: string; readonly clientId: string | null };
  readonly queues:
    | { readonly connectionString: string }
    | { readonly queueServiceUri: string; readonly clientId: string | null };
}

/**
 * From the settings `NetworkEvents`, or `NetworkEvents__accountName` / `__blobServiceUri` and `__queueServiceUri` with an
 * identity; null where they say nothing.
 */
export function networkEventsStorage(environment: Environment): NetworkEventsStorage | null {
  const connectionString = environment.NetworkEvents;
  if (connectionString) return { blobs: { connectionString }, queues: { connectionString } };
  const account = environment.NetworkEvents__accountName;
  const uri = (service: "blob" | "queue") =>
    environment[`NetworkEvents__${service}ServiceUri`] ??
    (account ? storageEndpoint(environment, account, service) : undefined);
  const [blobServiceUri, queueServiceUri] = [uri("blob"), uri("queue")];
  if (!blobServiceUri || !queueServiceUri) return null;
  const clientId = environment.NetworkEvents__clientId ?? null;
  return { blobs: { blobServiceUri, clientId }, queues: { queueServiceUri, clientId } };
}
