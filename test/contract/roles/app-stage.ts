import { vi } from "vitest";
import { appIdentity } from "../../../local/arm/seed/seed-identities.ts";
import { createAzurePorts } from "../../../shared/azure/azure-ports.ts";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import type { LocalAzure } from "../arm/local-azure.ts";
import { type StoredAzure, startStoredAzure } from "../arm/stored-azure.ts";
import { settingsFor } from "../azure/ports-under-test.ts";

/** Local Azure in which the app holds the roles of `infra/roles`, and its ports as its managed identity. */
export interface AppStage {
  readonly azure: LocalAzure;
  /** A refusal is told at once. */
  readonly ports: AzurePorts;
  stop(): Promise<void>;
}

export async function startAppStage(): Promise<AppStage> {
  const stored: StoredAzure = await startStoredAzure();
  const { azure } = stored;
  // As App Service sets them for the app's own identity, which the credential chain of the SDK then uses.
  vi.stubEnv("IDENTITY_ENDPOINT", String(azure.ready.identityEndpoint));
  vi.stubEnv("IDENTITY_HEADER", String(azure.ready.identityHeader));
  vi.stubEnv("AZURE_CLIENT_ID", appIdentity.clientId);
  vi.stubEnv("AZURE_TOKEN_CREDENTIALS", "ManagedIdentityCredential");
  return {
    azure,
    ports: createAzurePorts(settingsFor(azure), { settling: 0 }),
    stop: async () => {
      vi.unstubAllEnvs();
      await stored.stop();
    },
  };
}
