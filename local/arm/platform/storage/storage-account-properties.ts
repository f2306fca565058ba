import { z } from "zod";
import type { JsonObject } from "../../json.ts";
import { invalidStorageProperty } from "../platform-errors.ts";
import { parseShape, word } from "../shape.ts";

const networkAcls = z.strictObject({
  bypass: z.string().default("AzureServices"),
  defaultAction: word(["Allow", "Deny"]),
  ipRules: z.array(z.strictObject({ value: z.string(), action: word(["Allow"]).default("Allow") })).default([]),
  ipv6Rules: z.array(z.strictObject({ value: z.string(), action: word(["Allow"]).default("Allow") })).default([]),
  virtualNetworkRules: z
    .array(z.strictObject({ id: z.string(), action: word(["Allow"]).default("Allow"), state: z.string().optional() }))
    .default([]),
  resourceAccessRules: z
    .array(z.strictObject({ tenantId: z.string().optional(), resourceId: z.string().optional() }))
    .default([]),
});

const encryptionService = z.strictObject({
  enabled: z.boolean().optional(),
  keyType: word(["Account", "Service"]).optional(),
  lastEnabledTime: z.string().optional(),
});

const encryption = z.strictObject({
  keySource: word(["Microsoft.Storage"]).default("Microsoft.Storage"),
  requireInfrastructureEncryption: z.boolean().optional(),
  services: z
    .strictObject({
      blob: encryptionService.optional(),
      file: encryptionService.optional(),
      queue: encryptionService.optional(),
      table: encryptionService.optional(),
    })
    .optional(),
});

const schema = z.strictObject({
  accessTier: word(["Hot", "Cool", "Cold", "Premium"]).optional(),
  allowBlobPublicAccess: z.boolean().optional(),
  allowCrossTenantReplication: z.boolean().optional(),
  allowSharedKeyAccess: z.boolean().optional(),
  defaultToOAuthAuthentication: z.boolean().optional(),
  dnsEndpointType: word(["Standard"]).optional(),
  encryption: encryption.optional(),
  isHnsEnabled: z.boolean().optional(),
  isLocalUserEnabled: z.boolean().optional(),
  isSftpEnabled: z.boolean().optional(),
  largeFileSharesState: word(["Disabled", "Enabled"]).optional(),
  minimumTlsVersion: word(["TLS1_0", "TLS1_1", "TLS1_2", "TLS1_3"]).optional(),
  networkAcls: networkAcls.optional(),
  publicNetworkAccess: word(["Enabled", "Disabled", "SecuredByPerimeter"]).optional(),
  sasPolicy: z.strictObject({ sasExpirationPeriod: z.string(), expirationAction: word(["Log", "Block"]) }).optional(),
  keyPolicy: z.strictObject({ keyExpirationPeriodInDays: z.int().min(1) }).optional(),
  supportsHttpsTrafficOnly: z.boolean().optional(),
});

/** The properties of a storage account that a caller may set. */
export type StorageAccountProperties = z.infer<typeof schema>;

const readOnly = [
  "creationTime",
  "keyCreationTime",
  "primaryEndpoints",
  "primaryLocation",
  "privateEndpointConnections",
  "provisioningState",
  "secondaryEndpoints",
  "secondaryLocation",
  "statusOfPrimary",
  "statusOfSecondary",
];

const unmodelled = [
  "allowedCopyScope",
  "allowSharedKeyAccessForServices",
  "azureFilesIdentityBasedAuthentication",
  "customDomain",
  "immutableStorageWithVersioning",
  "isNfsV3Enabled",
  "routingPreference",
];

/**
 * Parses the properties of a storage account's PUT or PATCH.
 * @throws ArmError 400 for unknown members and values, 501 for what local Azure does not model
 */
export function parseStorageAccountProperties(properties: JsonObject): StorageAccountProperties {
  return parseShape("StorageAccountProperties", properties, schema, {
    readOnly,
    unmodelled,
    refuse: invalidStorageProperty,
  });
}

/**
 * What Azure Storage assumes for a new account where nothing is said: the REST reference "Storage Accounts - Create"
 * gives TLS 1.0, no public blobs, HTTPS only and all networks. `allowSharedKeyAccess` stays unset, which allows it.
 */
export function storageAccountDefaults(now: Date): JsonObject {
  const service = { enabled: true, keyType: "Account", lastEnabledTime: now.toISOString() };
  return {
    accessTier: "Hot",
    allowBlobPublicAccess: false,
    allowCrossTenantReplication: false,
    encryption: { keySource: "Microsoft.Storage", services: { blob: service, file: service } },
    minimumTlsVersion: "TLS1_0",
    networkAcls: {
      bypass: "AzureServices",
      defaultAction: "Allow",
      ipRules: [],
      ipv6Rules: [],
      virtualNetworkRules: [],
      resourceAccessRules: [],
    },
    supportsHttpsTrafficOnly: true,
  };
}
