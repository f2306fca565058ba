import { BlobServiceClient } from "@azure/storage-blob";

/** A client of a storage account's blobs: by connection string, or by identity (`clientId` for a user-assigned one). */
export async function blobServiceClient(
  settings:
    | { readonly connectionString: string }
    | { readonly blobServiceUri: string; readonly clientId: string | null },
): Promise<BlobServiceClient> {
  if ("connectionString" in settings) return BlobServiceClient.fromConnectionString(settings.connectionString);
  const { DefaultAzureCredential } = await import("@azure/identity");
  const credential =
    settings.clientId === null
      ? new DefaultAzureCredential()
      : new DefaultAzureCredential({ managedIdentityClientId: settings.clientId });
  return new BlobServiceClient(settings.blobServiceUri, credential);
}
