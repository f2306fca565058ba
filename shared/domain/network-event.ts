import * as z from "zod";
import { jsonPointer } from "./json-pointer.ts";
import type { ChangeCaller, ChangeOrigin } from "./network-change.ts";
import { parseResourceId, resourceIdKey, tryParseResourceId } from "./resource-id.ts";
import { isWatchedType, partTypes } from "./watched-types.ts";

/** Something that was written or deleted in a network, as Event Grid tells it, checked. */
export interface NetworkEvent {
  readonly origin: ChangeOrigin;
  readonly action: "write" | "delete";
  readonly subscriptionId: string;
  /** The resource that is read and restored as a whole: the NSG of a rule, the network of a subnet. */
  readonly resourceId: string;
  /** Pointer of the part that was written, such as `/securityRules/by-hand`; `""` is the resource itself. */
  readonly part: string;
}

/** "ignored": genuine and none of the tool's business; "refused": it contradicts itself or comes from elsewhere. */
export type ParsedEvent =
  | { readonly kind: "event"; readonly event: NetworkEvent }
  | { readonly kind: "ignored"; readonly reason: string }
  | { readonly kind: "refused"; readonly reason: string };

const text = (most: number) => z.string().min(1).max(most);
const earliest = Date.parse("2010-01-01T00:00:00Z");
const latest = Date.parse("2200-01-01T00:00:00Z");
const time = z
  .string()
  .max(40)
  // Ids of changes are made of it: what no event of Azure can bear would make ids that are none.
  .refine((value) => Date.parse(value) >= earliest && Date.parse(value) < latest);

const dataSchema = z.looseObject({
  resourceUri: z.string().max(2048).optional(),
  operationName: text(256),
  status: z.string().max(64).optional(),
  subscriptionId: z.string().max(64).optional(),
  tenantId: z.string().max(64).optional(),
  correlationId: z.string().max(128).optional(),
  claims: z.record(z.string(), z.unknown()).optional(),
});

/** Both schemas name the same things otherwise (Event Grid, "Event Grid event schema" and "CloudEvents v1.0 schema"). */
const cloudEvent = z.looseObject({
  specversion: z.literal("1.0"),
  id: text(256),
  source: text(2048),
  type: text(128),
  subject: text(2048),
  time,
  data: dataSchema,
});
const eventGridEvent = z.looseObject({
  id: text(256),
  topic: text(2048),
  eventType: text(128),
  subject: text(2048),
  eventTime: time,
  data: dataSchema,
});

const successes: Readonly<Record<string, NetworkEvent["action"]>> = {
  "microsoft.resources.resourcewritesuccess": "write",
  "microsoft.resources.resourcedeletesuccess": "delete",
};

/**
 * Parses what came out of the queue or from Event Grid; nothing in it is believed that another part of it contradicts.
 * @param tenantId events of other tenants are refused
 */
export function parseNetworkEvent(input: unknown, tenantId: string): ParsedEvent {
  const told = toldBy(input);
  if (told === null)
    return refused("It is neither a CloudEvent 1.0 nor an Event Grid event with the fields of a resource.");
  const { subject, source, type, data } = told;
  const action = successes[type.toLowerCase()];
  if (action === undefined) return { kind: "ignored", reason: `Events of type ${type} change nothing.` };
  if (data.tenantId !== undefined && data.tenantId.toLowerCase() !== tenantId)
    return refused("It is of another tenant.");
  const id = tryParseResourceId(subject);
  if (id === null || id.subscriptionId === null) return refused("Its subject is not the id of a resource.");
  const { subscriptionId } = id;
  if (data.resourceUri !== undefined && resourceIdKey(data.resourceUri) !== resourceIdKey(subject)) {
    return refused("Its subject and its resource differ.");
  }
  if (data.subscriptionId !== undefined && !sameText(data.subscriptionId, subscriptionId)) {
    return refused("Its subject and its subscription differ.");
  }
  if (!isOfSubscription(source, subscriptionId)) return refused("Its source is not the subject's subscription.");
  if (!isWatchedType(id.type)) return { kind: "ignored", reason: `${id.type} is not watched.` };
  if (!sameText(data.operationName, `${id.type}/${action}`)) return refused("Its operation is not one on its subject.");
  const list = partTypes[id.type.toLowerCase()];
  const part = list === undefined ? "" : jsonPointer([list, id.name]);
  const origin: ChangeOrigin = {
    eventId: told.id,
    at: new Date(told.time).toISOString(),
    operation: `${id.type}/${action}`,
    correlationId: data.correlationId ?? null,
    caller: callerOf(data.claims ?? {}),
  };
  const resourceId = list === undefined ? id.id : parseResourceId(id.parentId).id;
  return { kind: "event", event: { origin, action, subscriptionId: subscriptionId.toLowerCase(), resourceId, part } };
}

function toldBy(input: unknown) {
  const cloud = cloudEvent.safeParse(input);
  if (cloud.success) return cloud.data;
  const grid = eventGridEvent.safeParse(input);
  if (!grid.success) return null;
  const { id, topic: source, eventType: type, subject, eventTime, data } = grid.data;
  return { id, source, type, subject, time: eventTime, data };
}

/** A subscription's topic calls itself by the subscription; the topic resource below it is one of its own too. */
function isOfSubscription(source: string, subscriptionId: string): boolean {
  const own = `/subscriptions/${subscriptionId}`.toLowerCase();
  const key = resourceIdKey(source);
  return key === own || key.startsWith(`${own}/`);
}

const nameClaims = ["name", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name", "upn", "preferred_username"];
const objectIdClaims = ["http://schemas.microsoft.com/identity/claims/objectidentifier", "oid"];

/** Claims are told to people and compared, never obeyed: texts of a line, cut to what a line holds. */
function callerOf(claims: Readonly<Record<string, unknown>>): ChangeCaller {
  const first = (names: readonly string[]) => {
    const value = names.map((name) => claims[name]).find((claim) => typeof claim === "string" && claim !== "");
    return typeof value === "string" ? value.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, " ").slice(0, 128) : null;
  };
  return {
    name: first(nameClaims),
    objectId: first(objectIdClaims),
    applicationId: first(["appid", "azp"]),
    ipAddress: first(["ipaddr"]),
  };
}

const sameText = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function refused(reason: string): ParsedEvent {
  return { kind: "refused", reason };
}
