import { BlobServiceClient } from "@azure/storage-blob";
import { identityCredential } from "./identity-credential.ts";

/** A client of a storage account's blobs: by connection string, or by identity (`clientId` for a user-assigned one). */
export async function blobServiceClient(
  settings:
    | { readonly connectionString: string }
    | { readonly blobServiceUri: string; readonly clientId: string | null },
): Promise<BlobServiceClient> {
  if ("connectionString" in settings) return BlobServiceClient.fromConnectionString(settings.connectionString);
  return new BlobServiceClient(settings.blobServiceUri, await identityCredential(settings.clientId));
}
