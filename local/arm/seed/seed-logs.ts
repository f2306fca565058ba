import { platformSubscription } from "./seed-identities.ts";
import type { SeedWriter } from "./seed-writer.ts";

const group = `/subscriptions/${platformSubscription}/resourceGroups/rg-platform-logs`;

/** The platform's Log Analytics workspace. */
export const seedWorkspace = {
  id: `${group}/providers/Microsoft.OperationalInsights/workspaces/law-platform`,
  customerId: "88888888-8888-4888-8888-888888888888",
  location: "westeurope",
} as const;

/** The platform's storage accounts; one of them still takes shared keys, for findings. */
export const seedStorageAccounts = [
  { name: "stflowlogswe", location: "westeurope", allowSharedKeyAccess: false },
  { name: "stflowlogsne", location: "northeurope", allowSharedKeyAccess: true },
  { name: "stflowlogssdc", location: "swedencentral", allowSharedKeyAccess: false },
  { name: "stactivitylogs", location: "westeurope", allowSharedKeyAccess: false },
].map((account) => ({ ...account, id: `${group}/providers/Microsoft.Storage/storageAccounts/${account.name}` }));

/** Writes the workspace and the storage accounts. */
export function seedPlatformLogs(seed: SeedWriter): void {
  const { id, customerId, location } = seedWorkspace;
  seed.put(group, { location });
  seed.put(id, { location, properties: { sku: { name: "PerGB2018" }, retentionInDays: 90 } });
  seed.overwrite(id, { customerId });
  for (const account of seedStorageAccounts) {
    seed.put(account.id, {
      location: account.location,
      sku: { name: "Standard_ZRS" },
      kind: "StorageV2",
      properties: {
        allowSharedKeyAccess: account.allowSharedKeyAccess,
        allowBlobPublicAccess: false,
        supportsHttpsTrafficOnly: true,
        minimumTlsVersion: "TLS1_2",
        networkAcls: { defaultAction: "Deny", bypass: "AzureServices" },
        encryption: { keySource: "Microsoft.Storage", requireInfrastructureEncryption: true },
      },
    });
  }
}
