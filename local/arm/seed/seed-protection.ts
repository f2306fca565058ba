import { type Cloud, clouds } from "../cloud.ts";
import { blobContainerId, storageQueueId } from "../platform/storage/storage-parts.ts";
import { platformSubscription, tenantId } from "./seed-identities.ts";
import { eventStorageName } from "./seed-storage-names.ts";
import type { SeedWriter } from "./seed-writer.ts";

const groups = `/subscriptions/${platformSubscription}/resourceGroups`;
const secrets = `${groups}/rg-platform-secrets`;
const names = `${groups}/rg-platform-dns`;
const logs = `${groups}/rg-platform-logs`;

/** The vault with the applications' certificates, the private DNS zone, and where changes of the network are told. */
export const seedProtection = {
  vault: `${secrets}/providers/Microsoft.KeyVault/vaults/kv-platform`,
  privateDnsZone: privateDnsZoneIn(clouds.AzureCloud),
  actionGroup: `${logs}/providers/Microsoft.Insights/actionGroups/ag-network-security`,
  eventStorage: `${logs}/providers/Microsoft.Storage/storageAccounts/${eventStorageName}`,
  eventQueue: "network-changes",
  deadEventContainer: "network-changes-dead",
} as const;

/** The private DNS zone of blobs, whose name follows from the cloud's. */
function privateDnsZoneIn({ storageSuffix }: Cloud): string {
  return `${names}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.${storageSuffix}`;
}

/** Writes them; the platform's logs stand already. */
export function seedPlatformProtection(seed: SeedWriter, cloud: Cloud): void {
  const location = "westeurope";
  seed.put(secrets, { location });
  seed.put(seedProtection.vault, {
    location,
    properties: {
      tenantId,
      sku: { family: "A", name: "standard" },
      enableRbacAuthorization: true,
      enablePurgeProtection: true,
    },
  });
  seed.put(names, { location });
  seed.put(privateDnsZoneIn(cloud), { location: "global", properties: {} });
  seed.put(seedProtection.actionGroup, {
    location: "global",
    properties: {
      groupShortName: "netsec",
      enabled: true,
      emailReceivers: [{ name: "security", emailAddress: "security@contoso.com", useCommonAlertSchema: true }],
    },
  });
  seed.put(seedProtection.eventStorage, {
    location,
    sku: { name: "Standard_ZRS" },
    kind: "StorageV2",
    properties: {
      allowSharedKeyAccess: false,
      allowBlobPublicAccess: false,
      supportsHttpsTrafficOnly: true,
      minimumTlsVersion: "TLS1_2",
    },
  });
  seed.put(storageQueueId(seedProtection.eventStorage, seedProtection.eventQueue), { properties: {} });
  seed.put(blobContainerId(seedProtection.eventStorage, seedProtection.deadEventContainer), { properties: {} });
}
