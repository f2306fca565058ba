import type { FlowLog, TrafficAnalyticsConfigurationProperties } from "@azure/arm-network";
import type { ResourceBodies } from "../domain/resource.ts";
import { isSame } from "./arm-id.ts";
import type { AzureClients } from "./clients.ts";
import { networkChildPort } from "./network-resource.ts";
import { normalLocation } from "./normal-form.ts";
import type { ResourcePort } from "./ports.ts";
import { mergedTags, normalTags } from "./tags.ts";

type Type = "Microsoft.Network/networkWatchers/flowLogs";
type Body = ResourceBodies[Type];

const format = { type: "JSON", version: 2 } as const;

/** A virtual network flow log (NSG flow logs cannot be made since 30 June 2025) with traffic analytics. */
export function flowLogPort(clients: AzureClients): ResourcePort<Type> {
  return networkChildPort<Type, FlowLog>(clients, (client) => client.flowLogs, {
    type: "Microsoft.Network/networkWatchers/flowLogs",
    toBody: (native, { body }) => ({
      location: normalLocation(native.location),
      tags: normalTags(native.tags, body.tags),
      targetResourceId: native.targetResourceId ?? "",
      storageId: native.storageId ?? "",
      enabled: (native.enabled ?? false) && recordsEverything(native),
      retentionDays: native.retentionPolicy?.enabled ? (native.retentionPolicy.days ?? 0) : 0,
      userAssignedIdentityId: identityOf(native, body.userAssignedIdentityId),
      trafficAnalytics: analyticsBody(native.flowAnalyticsConfiguration?.networkWatcherFlowAnalyticsConfiguration),
    }),
    toNative: ({ body }, standing) => ({
      ...standing,
      location: body.location,
      tags: mergedTags(standing?.tags, body.tags),
      identity:
        body.userAssignedIdentityId === null
          ? standing?.identity
          : { type: "UserAssigned", userAssignedIdentities: { [body.userAssignedIdentityId]: {} } },
      targetResourceId: body.targetResourceId,
      storageId: body.storageId,
      enabled: body.enabled,
      retentionPolicy: { days: body.retentionDays, enabled: body.retentionDays > 0 },
      format,
      enabledFilteringCriteria: "",
      recordTypes: undefined,
      flowAnalyticsConfiguration: {
        networkWatcherFlowAnalyticsConfiguration: {
          enabled: body.trafficAnalytics.enabled,
          workspaceId: body.trafficAnalytics.workspaceId,
          workspaceRegion: body.trafficAnalytics.workspaceRegion,
          workspaceResourceId: body.trafficAnalytics.workspaceResourceId,
          trafficAnalyticsInterval: body.trafficAnalytics.intervalMinutes,
        },
      },
    }),
  });
}

/** Whether no record is left out or shortened: a log that somebody filtered counts as one that is not enabled. */
function recordsEverything({ format: form, enabledFilteringCriteria, recordTypes }: FlowLog): boolean {
  const types = new Set((recordTypes ?? "").split(",").map((type) => type.trim().toUpperCase()));
  return (
    (form?.type ?? format.type) === format.type &&
    (form?.version ?? format.version) === format.version &&
    !enabledFilteringCriteria &&
    (!recordTypes || ["B", "C", "E", "D"].every((type) => types.has(type)))
  );
}

/** The desired identity where it is among those that stand, else the first; an identity not asked for is foreign. */
function identityOf(native: FlowLog, desired: string | null): string | null {
  if (desired === null) return null;
  const standing = Object.keys(native.identity?.userAssignedIdentities ?? {});
  return standing.find((id) => isSame(id, desired)) ?? standing[0] ?? null;
}

function analyticsBody(native: TrafficAnalyticsConfigurationProperties | undefined): Body["trafficAnalytics"] {
  return {
    enabled: native?.enabled ?? false,
    workspaceId: native?.workspaceId ?? "",
    workspaceResourceId: native?.workspaceResourceId ?? "",
    workspaceRegion: normalLocation(native?.workspaceRegion),
    intervalMinutes: native?.trafficAnalyticsInterval ?? 60,
  };
}
