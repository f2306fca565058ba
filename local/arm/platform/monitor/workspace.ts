import { randomUUID } from "node:crypto";
import { z } from "zod";
import { invalidParameter } from "../../errors/request-errors.ts";
import { isJsonObject, type JsonObject } from "../../json.ts";
import type { ResourceBody } from "../../resource.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { WriteContext } from "../../world.ts";
import { envelope, patchedProperties, patchedTags } from "../envelope.ts";
import { parseShape, word } from "../shape.ts";

const access = word(["Enabled", "Disabled"]);

const schema = z.strictObject({
  sku: z
    .strictObject({
      name: word(["PerGB2018", "CapacityReservation", "Free", "Standalone", "PerNode", "LACluster"]),
      capacityReservationLevel: z.int().optional(),
      lastSkuUpdate: z.string().optional(),
    })
    .optional(),
  retentionInDays: z.int().min(30).max(730).optional(),
  workspaceCapping: z.strictObject({ dailyQuotaGb: z.number() }).optional(),
  publicNetworkAccessForIngestion: access.optional(),
  publicNetworkAccessForQuery: access.optional(),
  features: z
    .strictObject({
      disableLocalAuth: z.boolean().optional(),
      enableDataExport: z.boolean().optional(),
      enableLogAccessUsingOnlyResourcePermissions: z.boolean().optional(),
      immediatePurgeDataOn30Days: z.boolean().optional(),
      legacy: z.number().optional(),
      searchVersion: z.number().optional(),
    })
    .optional(),
});

/** A Log Analytics workspace. */
export const workspace: ResourceType = {
  type: "Microsoft.OperationalInsights/workspaces",
  scope: "resourceGroup",
  apiVersions: ["2021-06-01", "2022-10-01", "2023-09-01", "2025-02-01", "2025-07-01"],
  location: "required",
  tags: true,
  namePattern: /^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/,
  list: { by: ["resourceGroup", "subscription"] },
  put: {
    operationName: "PutWorkspaceOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 5, update: 2 },
    prepare: (context, body) => ({
      ...envelope("workspaces", body),
      properties: combine(context, body.properties),
    }),
  },
  patch: {
    prepare: (context, patch, existing): ResourceBody => ({
      ...existing,
      ...patchedTags("workspaces", patch),
      properties: combine(context, patchedProperties(patch)),
    }),
  },
  remove: { longRunning: "location", seconds: 5 },
};

function combine(context: WriteContext, properties: JsonObject): JsonObject {
  const given = parseShape("WorkspaceProperties", properties, schema, {
    readOnly: ["createdDate", "customerId", "modifiedDate", "privateLinkScopedResources", "provisioningState"],
    unmodelled: ["associations", "defaultDataCollectionRuleResourceId", "failover", "forceCmkForQuery", "replication"],
    refuse: (path, message) => invalidParameter(`'${path}' property is invalid. ${message}`),
  });
  const now = context.world.now.toISOString();
  const before = context.existing?.body.properties ?? {
    customerId: randomUUID(),
    createdDate: now,
    sku: { name: "PerGB2018", lastSkuUpdate: now },
    retentionInDays: 30,
    features: { legacy: 0, searchVersion: 1, enableLogAccessUsingOnlyResourcePermissions: true },
    workspaceCapping: { dailyQuotaGb: -1, quotaNextResetTime: now, dataIngestionStatus: "RespectQuota" },
    publicNetworkAccessForIngestion: "Enabled",
    publicNetworkAccessForQuery: "Enabled",
  };
  const features = { ...(isJsonObject(before.features) ? before.features : {}), ...given.features };
  const capping = {
    ...(isJsonObject(before.workspaceCapping) ? before.workspaceCapping : {}),
    ...given.workspaceCapping,
  };
  const sku = given.sku === undefined ? {} : { sku: { ...given.sku, lastSkuUpdate: now } };
  return { ...before, ...given, ...sku, features, workspaceCapping: capping, modifiedDate: now };
}
