import { authorize } from "../authorization/authorize.ts";
import { refuseLocked } from "../authorization/management-lock.ts";
import type { Engine } from "../engine/engine.ts";
import { invalidParameter, methodNotAllowed } from "../errors/request-errors.ts";
import { refuseDisallowed } from "../policy/refuse-disallowed.ts";
import { parseResourceId, type ResourceId } from "../resource-id.ts";
import type { ResourceType } from "../resource-type.ts";
import { deleteResource } from "../verbs/delete-resource.ts";
import { invokeAction } from "../verbs/invoke-action.ts";
import { listResources } from "../verbs/list-resources.ts";
import { patchResource } from "../verbs/patch-resource.ts";
import { putResource } from "../verbs/put-resource.ts";
import { headResource, readResource } from "../verbs/read-resource.ts";
import type { ResourceCall } from "../verbs/resource-call.ts";
import { demandApiVersion } from "./api-version.ts";
import type { Answer, ArmRequest } from "./arm-request.ts";
import { canonicalId } from "./canonical-id.ts";
import { jsonObjectBody } from "./request-body.ts";
import { type ResourceTarget, resourceTarget } from "./resource-target.ts";
import {
  refuseGroupBeingDeleted,
  refuseMissingExtended,
  refuseMissingGroup,
  refuseUnregistered,
} from "./scope-checks.ts";

type Verb = (engine: Engine, call: ResourceCall) => Answer;

const verbs: Readonly<Record<string, { readonly verb: Verb; readonly permission: string }>> = {
  GET: { verb: readResource, permission: "read" },
  HEAD: { verb: headResource, permission: "read" },
  PUT: { verb: putResource, permission: "write" },
  PATCH: { verb: patchResource, permission: "write" },
  DELETE: { verb: deleteResource, permission: "delete" },
};

/** Answers a call on a resource, a collection or an action of a modelled type. */
export function answerResourceCall(engine: Engine, request: ArmRequest): Answer {
  const target = resourceTarget(engine, request.method, request.segments);
  const { type } = target;
  const apiVersion = demandApiVersion(request.query, type.type, type.apiVersions);
  if (target.kind === "collection") return answerCollection(engine, request, target, apiVersion);
  refuseForeignScope(type, target.id);
  const asked = canonicalId(engine, target.id);
  const permission = target.kind === "action" ? actionPermission(request, target) : verbs[request.method]?.permission;
  if (permission === undefined) throw methodNotAllowed(request.method, type.type);
  const action = `${type.type}/${permission}`;
  authorize(engine, request, asked.id, action);
  refuseMissingGroup(engine, asked);
  if (asked.extendedId !== undefined) refuseMissingExtended(engine, asked.extendedId);
  if (isWrite(request.method)) {
    refuseLocked(engine, asked.id, request.method, type.type);
    refuseGroupBeingDeleted(engine, asked);
    refuseUnregistered(engine, asked);
    if (request.method === "PUT") refuseDisallowed(engine, asked, jsonObjectBody(request.text));
  }
  const call: ResourceCall = { request, type, id: storedId(type, asked), apiVersion, action };
  if (target.kind === "action") return invokeAction(engine, call, target.definition);
  const entry = verbs[request.method];
  if (entry === undefined) throw methodNotAllowed(request.method, type.type);
  return entry.verb(engine, call);
}

function answerCollection(
  engine: Engine,
  request: ArmRequest,
  target: ResourceTarget & { kind: "collection" },
  apiVersion: string,
): Answer {
  const { type } = target;
  if (request.method !== "GET") throw methodNotAllowed(request.method, type.type);
  const scope = canonicalId(engine, target.scope);
  authorize(engine, request, scope.id, `${type.type}/read`);
  refuseMissingGroup(engine, scope);
  if (type.scope === "extension") refuseMissingExtended(engine, scope.id);
  return listResources(engine, { request, type, scope, apiVersion });
}

function actionPermission(request: ArmRequest, target: ResourceTarget & { kind: "action" }): string {
  return target.definition.action ?? `${target.key}/${request.method === "POST" ? "action" : "read"}`;
}

function isWrite(method: string): boolean {
  return method !== "GET" && method !== "HEAD";
}

function storedId(type: ResourceType, asked: ResourceId): ResourceId {
  const id = type.storedAt === undefined ? asked : parseResourceId(type.storedAt(asked));
  if (id === undefined) throw new Error(`${type.type} stores ${asked.id} under no id.`);
  return id;
}

/** A type of resource groups is refused on a subscription, and so on. */
function refuseForeignScope(type: ResourceType, id: ResourceId): void {
  if (type.scope === "extension") return;
  const scope =
    id.resourceGroup !== undefined ? "resourceGroup" : id.subscriptionId !== undefined ? "subscription" : "tenant";
  if (scope !== type.scope) {
    throw invalidParameter(`The resource type '${type.type}' cannot be addressed at the ${scope} scope: '${id.id}'.`);
  }
}
