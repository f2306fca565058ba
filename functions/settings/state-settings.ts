import type { StateSettings } from "../../shared/state/open-state.ts";
import { storageEndpoint } from "./storage-endpoint.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where the tool keeps its state: the storage account of the function app, found as the Functions host finds it
 * (`AzureWebJobsStorage`, or `AzureWebJobsStorage__blobServiceUri` / `__accountName` for access by identity).
 */
export function stateSettings(environment: Environment): StateSettings {
  const connectionString = environment.AzureWebJobsStorage;
  if (connectionString) return { connectionString };
  const account = environment.AzureWebJobsStorage__accountName;
  const uri =
    environment.AzureWebJobsStorage__blobServiceUri ??
    (account ? storageEndpoint(environment, account, "blob") : undefined);
  if (!uri) throw new Error("The setting AzureWebJobsStorage (or AzureWebJobsStorage__blobServiceUri) is missing");
  return { blobServiceUri: uri, clientId: environment.AzureWebJobsStorage__clientId ?? null };
}
