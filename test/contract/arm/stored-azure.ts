import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { backingStorageEnvironment } from "../../../local/stack/azurite.ts";
import { type AzuriteProcess, startAzurite } from "../state/azurite-process.ts";
import { type LocalAzure, type StartOptions, startLocalAzure } from "./local-azure.ts";

export const rolesDir = join(import.meta.dirname, "../../../infra/roles");

/** Local Azure with storage behind it. */
export interface StoredAzure {
  readonly azure: LocalAzure;
  readonly azurite: AzuriteProcess;
  /** Starts local Azure anew on the same data. */
  again(): Promise<LocalAzure>;
  stop(): Promise<void>;
}

/** Starts Azurite and local Azure before it; clients of this process trust its authority. */
export async function startStoredAzure(options: StartOptions = {}): Promise<StoredAzure> {
  const azurite = await startAzurite();
  const all = { ...options, rolesDir, environment: backingStorageEnvironment(azurite.addresses) };
  const azure = await startLocalAzure(all).catch(async (error: unknown) => {
    await azurite.stop();
    throw error;
  });
  setDefaultCACertificates([...getCACertificates("default"), azure.ca]);
  return {
    azure,
    azurite,
    again: () => startLocalAzure({ ...all, dataDir: azure.dataDir }),
    stop: async () => {
      await azure.stop();
      await azurite.stop();
    },
  };
}
