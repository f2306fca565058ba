import * as z from "zod";
import { isCanonicalIpv4Prefix, isIpv4Address, prefixLength } from "./address-prefix.ts";
import { durationMilliseconds } from "./duration.ts";
import { enforcementSchema, notificationsSchema, schedulesSchema } from "./enforcement-configuration-schema.ts";
import { guid, lineOfText, locationName, resourceGroupName } from "./field-schemas.ts";
import {
  applicationGatewaySchema,
  conditionalAccessSchema,
  defenderSchema,
  networkChangesSchema,
  networkEventsSchema,
} from "./protection-configuration-schema.ts";
import { resourceIdOf } from "./resource-id-schema.ts";
import { vmManagementSchema } from "./vm-management-schema.ts";

// A prefix wider than /8 is nobody's own network: it is a slip for "everything".
const widestPrefix = 8;

const prefix = z
  .string()
  .refine(isCanonicalIpv4Prefix, "Must be a canonical IPv4 prefix like 10.0.0.0/16.")
  .refine(
    (text) => !isCanonicalIpv4Prefix(text) || prefixLength(text) >= widestPrefix,
    `Must be /${widestPrefix} or narrower.`,
  );
const address = z.string().refine(isIpv4Address, "Must be an IPv4 address like 10.0.0.4.");

// Names of most types in Microsoft.Network, rule collection groups among them (Azure, "Naming rules and restrictions").
const networkResourceName = z
  .string()
  .regex(/^[A-Za-z0-9](?:[\w.-]{0,78}\w)?$/, "Must be a valid name of a network resource.");

const storageAccountId = resourceIdOf("Microsoft.Storage/storageAccounts");
const anyOrGuids = z.union([z.literal("any"), z.array(guid).readonly()]);

// Nobody decides within less than a second; what is older than 30 days was planned for another world.
const approvalPeriod = z.string().refine((text) => {
  const period = durationMilliseconds(text);
  return period !== null && period >= 1000 && period <= 30 * 86_400_000;
}, "Must be an ISO 8601 duration of days, hours, minutes and seconds, up to 30 days, like PT72H.");

const hub = z.strictObject({
  location: locationName,
  virtualNetworkId: resourceIdOf("Microsoft.Network/virtualNetworks"),
  addressPrefixes: z.array(prefix).min(1),
  firewall: z
    .strictObject({
      privateIpAddress: address,
      policyId: resourceIdOf("Microsoft.Network/firewallPolicies"),
      // Azure Firewall policy rule sets: rule collection groups have priorities 100 to 65000.
      ruleCollectionGroup: z.strictObject({ name: networkResourceName, priority: z.int().min(100).max(65000) }),
      ipGroupId: resourceIdOf("Microsoft.Network/ipGroups"),
    })
    .nullable(),
  useRemoteGateways: z.boolean(),
});

const ipamPool = z.strictObject({
  ipamPoolId: resourceIdOf("Microsoft.Network/networkManagers/ipamPools"),
  addressPrefixes: z.array(prefix).min(1),
});

/** Shape of the platform configuration; the rules across fields stand in platform-configuration-rules/. */
export const platformConfigurationSchema = z.strictObject({
  tenantId: guid,
  locations: z.array(locationName).min(1),
  subscriptionIds: z.array(guid).min(1),
  accessBindings: z.array(
    z.strictObject({
      requesterGroupId: z.union([guid, z.literal("any")]),
      subscriptionIds: anyOrGuids,
      networkManagersGroupIds: anyOrGuids,
    }),
  ),
  hubs: z.array(hub),
  internalPrefixes: z.array(prefix),
  addressPools: z.record(z.string(), z.union([z.array(prefix).min(1), ipamPool])),
  allocatedPrefixLength: z.int().min(16).max(24),
  managementPrefixes: z.array(prefix),
  bastionPrefixes: z.array(prefix),
  dnsServers: z.array(address),
  standaloneNatGateway: z.boolean(),
  networkManagementRole: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("custom"), roleDefinitionId: guid, roleName: lineOfText(512).min(1) }),
    z.strictObject({ kind: z.literal("built-in-network-contributor") }),
  ]),
  workspace: z.strictObject({
    resourceId: resourceIdOf("Microsoft.OperationalInsights/workspaces"),
    workspaceId: guid,
    location: locationName,
  }),
  activityLogStorageAccountId: storageAccountId,
  flowLogs: z.strictObject({
    storageAccountIds: z.record(z.string(), storageAccountId),
    // Flow logs keep 1 to 365 days; 0, "for ever", grows without bound.
    retentionDays: z.int().min(1).max(365),
    trafficAnalyticsIntervalMinutes: z.literal([10, 60]),
  }),
  networkWatcher: z.strictObject({
    resourceGroup: resourceGroupName,
    namePattern: z
      .string()
      .regex(/^[\w.-]*\{location\}[\w.-]*$/, "Must be a name with {location} in it, like NetworkWatcher_{location}."),
  }),
  vmManagement: vmManagementSchema,
  enforcementMode: z.enum(["audit", "enforce"]),
  approval: z.strictObject({ required: z.boolean(), expiresAfter: approvalPeriod.default("PT72H") }),
  applicationGateway: applicationGatewaySchema.nullable(),
  privateDnsZoneIds: z.array(resourceIdOf("Microsoft.Network/privateDnsZones")),
  conditionalAccess: conditionalAccessSchema.nullable(),
  defender: defenderSchema.nullable(),
  networkChanges: networkChangesSchema.nullable(),
  networkEvents: networkEventsSchema.nullable(),
  schedules: schedulesSchema,
  enforcement: enforcementSchema,
  notifications: notificationsSchema,
});

/** Fields whose rules across fields need them one by one. */
export const configurationFields = platformConfigurationSchema.shape;
export const hubFields = hub.shape;
