import { randomUUID } from "node:crypto";
import type { PrincipalType } from "../directory.ts";
import type { Engine } from "../engine/engine.ts";
import type { JsonObject } from "../json.ts";
import type { CallOrigin, EndedChange } from "../operations/ended-change.ts";
import { parseResourceId } from "../resource-id.ts";

/** A change as Event Grid tells it, before it takes a subscription's schema. */
export interface ResourceEvent {
  readonly id: string;
  /** `Microsoft.Resources.ResourceWriteSuccess` and the like. */
  readonly type: string;
  /** Id of the Azure subscription. */
  readonly topic: string;
  /** Id of the resource. */
  readonly subject: string;
  /** ISO 8601, with the seven digits that Azure writes. */
  readonly time: string;
  readonly data: JsonObject;
}

const statuses = { Success: "Succeeded", Failure: "Failed", Cancel: "Canceled" } as const;

/**
 * The event of an ended change; undefined outside subscriptions, which publish none.
 * Source: Event Grid, "Azure subscription as an Event Grid source", sections on the event schema.
 */
export function resourceEvent(engine: Engine, change: EndedChange): ResourceEvent | undefined {
  const { kind, outcome, resourceId, action, known, origin } = change;
  const id = parseResourceId(resourceId);
  if (id?.subscriptionId === undefined) return undefined;
  return {
    id: randomUUID(),
    type: `Microsoft.Resources.Resource${kind}${outcome}`,
    topic: `/subscriptions/${id.subscriptionId}`,
    subject: resourceId,
    time: azureTime(new Date()),
    data: {
      authorization: { scope: resourceId, action, evidence: evidenceOf(engine, change) },
      claims: origin === undefined ? {} : claimsOf(engine, origin),
      correlationId: origin?.correlationId ?? randomUUID(),
      ...(origin === undefined || !known ? {} : { httpRequest: httpRequestOf(engine, origin) }),
      resourceProvider: action.split("/")[0],
      resourceUri: resourceId,
      operationName: action,
      status: statuses[outcome],
      subscriptionId: id.subscriptionId,
      tenantId: engine.tenantId,
    },
  };
}

/** A time as Azure writes it: with ten millionths of a second. */
export function azureTime(time: Date): string {
  return time.toISOString().replace("Z", "0000Z");
}

/** The role assignment by which the caller might. */
function evidenceOf(engine: Engine, { principalId, resourceId, action }: EndedChange): JsonObject {
  const [grant] = engine.access.grants(principalId, resourceId, action);
  const assignment = grant === undefined ? undefined : engine.resources.get(grant.assignmentId);
  if (assignment === undefined) return {};
  const { roleDefinitionId, scope, principalId: holder } = assignment.body.properties;
  const guid = String(roleDefinitionId).split("/").pop() ?? "";
  const role = engine.resources.get(`/providers/Microsoft.Authorization/roleDefinitions/${guid}`);
  const plain = (id: string) => id.replaceAll("-", "");
  const principalType: PrincipalType | undefined = engine.directory.find(String(holder))?.principalType;
  return {
    role: role?.body.properties.roleName,
    roleAssignmentScope: scope,
    roleAssignmentId: plain(assignment.name),
    roleDefinitionId: plain(guid),
    principalId: plain(String(holder)),
    principalType,
  };
}

const schemas = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";
const microsoft = "http://schemas.microsoft.com";

/** The token's claims under the names of the activity log, each of them text. */
function claimsOf(engine: Engine, { claims, clientIpAddress }: CallOrigin): JsonObject {
  const principal = engine.directory.find(claims.oid);
  const { aud, iss, iat, nbf, exp, appid, appidacr, ver } = claims as unknown as Record<string, unknown>;
  const upn = principal?.userPrincipalName;
  const identity = principal?.servicePrincipalType === "ManagedIdentity" ? identityOf(engine, claims.oid) : undefined;
  const all: Record<string, unknown> = {
    aud,
    iss,
    iat,
    nbf,
    exp,
    appid,
    appidacr,
    ipaddr: clientIpAddress,
    name: upn === undefined ? undefined : principal?.displayName,
    [`${microsoft}/identity/claims/objectidentifier`]: claims.oid,
    [`${microsoft}/identity/claims/tenantid`]: claims.tid,
    [`${schemas}/nameidentifier`]: claims.oid,
    [`${schemas}/name`]: upn,
    [`${schemas}/upn`]: upn,
    [`${microsoft}/identity/claims/scope`]: upn === undefined ? undefined : "user_impersonation",
    xms_mirid: identity,
    ver,
  };
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  );
}

function identityOf(engine: Engine, principalId: string): string | undefined {
  return engine.resources
    .list("Microsoft.ManagedIdentity/userAssignedIdentities")
    .find(({ body }) => body.properties.principalId === principalId)?.id;
}

function httpRequestOf(engine: Engine, { clientRequestId, clientIpAddress, method, url }: CallOrigin): JsonObject {
  return { clientRequestId, clientIpAddress, method, url: `${engine.baseUrl}${url}` };
}
