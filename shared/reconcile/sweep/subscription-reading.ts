import type { ResourcePorts, ResourceSnapshot } from "../../azure/ports.ts";
import type { RawResource } from "../../azure/raw-resource.ts";
import { resourceSnapshot } from "../../azure/resource-snapshot.ts";
import type { JustInTimeState } from "../../domain/just-in-time-access.ts";
import type { DesiredResource, ResourceType } from "../../domain/resource.ts";
import { parseResourceId, resourceIdKey } from "../../domain/resource-id.ts";
import type { Observation } from "../../spoke/compliance/assess-resources.ts";
import { portOf } from "../observe-resource.ts";
import { justInTimeKind, type ReadJustInTime, type ReadSetting } from "./read-settings.ts";
import { residentTypes } from "./sweep-queries.ts";

/** Everything that was read for the spokes of one subscription. */
export interface SubscriptionReading {
  readonly snapshot: ResourceSnapshot;
  readonly sharedRows: readonly RawResource[];
  /** Role assignments of the subscription; null where Azure would not tell them. */
  readonly assignments: readonly RawResource[] | null;
  /** Null where nobody asked or Azure would not tell. */
  readonly justInTime: JustInTimeState | null;
  /** How many recommendations of Defender are open; null where that was not read. */
  readonly recommendations: number | null;
  /** Compute, data and storage in a resource group: what is of `residentTypes`. */
  residentsOf(resourceGroupId: string): readonly RawResource[];
  observe(desired: DesiredResource): Observation;
  /** Whether anything of a subscription was read at all. */
  sees(subscriptionId: string): boolean;
}

export type StoredSetting = ReadSetting | ReadJustInTime;

/** Which kind of listing tells of a type that Resource Graph has no rows of. */
const listed: Readonly<Partial<Record<ResourceType, ReadSetting["kind"]>>> = {
  "Microsoft.Authorization/roleAssignments": "roleAssignments",
  "Microsoft.Authorization/roleDefinitions": "roleDefinition",
  "Microsoft.Insights/diagnosticSettings": "diagnosticSettings",
  "Microsoft.Security/pricings": "pricings",
  "Microsoft.Security/securityContacts": "securityContact",
  "Microsoft.EventGrid/systemTopics/eventSubscriptions": "eventSubscriptions",
  "Microsoft.Network/firewallPolicies/ruleCollectionGroups": "ruleCollectionGroup",
};

/** Joins what was read, so that each desired resource can be looked up, or why nobody could look. */
export function subscriptionReading(
  ports: ResourcePorts,
  rows: readonly RawResource[],
  sharedRows: readonly RawResource[],
  settings: readonly StoredSetting[],
  sharedSettings: readonly StoredSetting[],
): SubscriptionReading {
  const listings = [...settings, ...sharedSettings].filter(isListing);
  const documents = listings.flatMap((one) => one.documents);
  const known = [...rows, ...sharedRows].filter(({ id }) => typeof id === "string");
  const snapshot = resourceSnapshot([...known, ...documents]);
  const visible = new Set(known.map(({ id }) => subscriptionOf(id)));
  const own = settings.filter(isListing).find((one) => one.kind === "roleAssignments");
  const counted = rows.find((row) => typeof row.recommendations === "number");
  const residents = Map.groupBy(
    rows.filter(({ id, type = "" }) => typeof id === "string" && residentTypes.includes(type)),
    ({ id }) => groupKeyOf(id),
  );
  return {
    snapshot,
    sharedRows,
    assignments: own === undefined || own.refusal !== null ? null : own.documents,
    justInTime: settings.flatMap((one) => (isListing(one) ? [] : [one.state]))[0] ?? null,
    recommendations: counted === undefined ? null : Number(counted.recommendations),
    residentsOf: (resourceGroupId) => residents.get(resourceIdKey(resourceGroupId)) ?? [],
    sees: (subscriptionId) => visible.has(subscriptionId.toLowerCase()),
    observe: (desired) => {
      const { subscriptionId } = parseResourceId(desired.id);
      if (subscriptionId !== null && !visible.has(subscriptionId.toLowerCase())) {
        return { kind: "unread", reason: `Resource Graph shows nothing of the subscription ${subscriptionId}` };
      }
      const kind = listed[desired.type];
      const refused = listings.find((one) => one.kind === kind && one.refusal !== null && covers(one, desired.id));
      const refusal = refused?.refusal ?? null;
      if (refusal !== null) return { kind: "unread", reason: refusal };
      const port = portOf(ports, desired.type);
      if (port.observeIn === undefined) return { kind: "unread", reason: `${desired.type} is not read in bulk` };
      return { kind: "observed", resource: port.observeIn(snapshot, desired) };
    },
  };
}

/** Whether a listing would tell of the resource: that of a subscription, or of a resource that the id lies at or below. */
function covers({ parentId }: ReadSetting, id: string): boolean {
  return parentId === null || resourceIdKey(id).startsWith(resourceIdKey(parentId));
}

function isListing(setting: StoredSetting): setting is ReadSetting {
  return setting.kind !== justInTimeKind;
}

/** Key of the resource group that a resource is in. */
function groupKeyOf(id: string): string {
  return resourceIdKey(id).split("/").slice(0, 5).join("/");
}

function subscriptionOf(id: string): string {
  return (id.split("/")[2] ?? "").toLowerCase();
}
