import { randomUUID } from "node:crypto";
import { ArmError } from "../arm-error.ts";
import type { Engine } from "../engine/engine.ts";
import { parentResourceNotFound } from "../errors/not-found-errors.ts";
import { methodNotAllowed } from "../errors/request-errors.ts";
import { beginOperation } from "../operations/begin-operation.ts";
import { operationHeaders } from "../operations/operation-uri.ts";
import type { Answer } from "../requests/arm-request.ts";
import { jsonObjectBody } from "../requests/request-body.ts";
import type { ResourceBody } from "../resource.ts";
import type { PutDefinition } from "../resource-type.ts";
import { isInline } from "../type-registry.ts";
import { checkedBody, checkName } from "./body-checks.ts";
import { supersededOrRefused } from "./conflicts.ts";
import { checkPreconditions } from "./etag-preconditions.ts";
import { mergeChildren, withoutChildren } from "./inline-children.ts";
import { putInlineChild } from "./put-inline-child.ts";
import type { AcceptedPut, ResourceCall } from "./resource-call.ts";
import { resourceDocument } from "./resource-document.ts";
import { LiveWriteContext } from "./write-context.ts";

/** Creates or replaces a resource: synchronously, or as a long-running operation. */
export function putResource(engine: Engine, call: ResourceCall): Answer {
  const { type } = call;
  const { put } = type;
  if (put === undefined) throw methodNotAllowed("PUT", type.type);
  checkName(type, call.id.name);
  const operation = engine.database.transaction(() =>
    isInline(type) ? putInlineChild(engine, call, type, put) : putStored(engine, call, put),
  );
  engine.clock.tick();
  return putAnswer(engine, call, put, operation);
}

function putStored(engine: Engine, call: ResourceCall, put: PutDefinition): AcceptedPut {
  const { type, request, apiVersion, action } = call;
  const { id } = call;
  const existing = engine.resources.stored(id.id);
  refuseMissingParent(engine, call);
  checkPreconditions(request, id.id, existing);
  const body = checkedBody(type, jsonObjectBody(request.text), existing);
  const superseded = supersededOrRefused(engine, [id.id], [], put.whenBusy === "supersede");
  const context = new LiveWriteContext(engine, {
    id,
    apiVersion,
    query: request.query,
    caller: request.caller,
    action,
  });
  const prepared = put.prepare(context, withoutChildren(engine, type.type, body));
  const children = mergeChildren(engine, call, body, existing);
  const merged: ResourceBody = { ...prepared, properties: { ...prepared.properties, ...children.arrays } };
  put.checkWhole?.(context, merged);
  const others = put.conflictDomains?.(context, merged) ?? [];
  supersededOrRefused(engine, [], others, false);
  engine.resources.put({
    id: id.id,
    name: id.name,
    type: type.type,
    body: merged,
    provisioningState: "Updating",
    etag: `W/"${randomUUID()}"`,
    lastOperation: put.operationName,
    children: children.states,
    createdAt: existing?.createdAt ?? new Date().toISOString(),
  });
  const created = existing === undefined;
  const operation = beginOperation(engine, request, {
    kind: "put",
    name: put.operationName,
    id,
    location: merged.location ?? "global",
    apiVersion,
    longRunning: put.longRunning,
    seconds: (created ? put.seconds?.create : put.seconds?.update) ?? 1,
    domains: [id.id, ...others],
    touched: [...children.touched, { id: id.id, change: "put" }],
    supersedes: superseded,
    created,
  });
  return { operation, created };
}

/**
 * A nested resource needs its parent, unless the parent is no resource.
 * @throws ArmError 404 ParentResourceNotFound
 */
export function refuseMissingParent(engine: Engine, { type, id }: Pick<ResourceCall, "type" | "id">): void {
  const nested = type.type.split("/").length > 2;
  if (!nested || type.virtualParent === true || id.parentId === undefined) return;
  if (engine.resources.stored(id.parentId) === undefined) throw parentResourceNotFound(type.type, id.parentId);
}

function putAnswer(
  engine: Engine,
  call: ResourceCall,
  put: PutDefinition,
  { operation, created }: AcceptedPut,
): Answer {
  const status = created ? (put.status?.create ?? 201) : (put.status?.update ?? 200);
  const ended = engine.operations.get(operation.id) ?? operation;
  if (operation.longRunning === undefined && ended.error !== undefined) {
    throw new ArmError(400, ended.error.code, ended.error.message, ended.error.details);
  }
  const headers = operation.longRunning === undefined ? {} : operationHeaders(engine, operation);
  const resource = engine.resources.get(call.id.id);
  if (resource === undefined) throw new Error(`${call.id.id} vanished while it was written.`);
  const document = resourceDocument(engine, resource);
  const etag: Record<string, string> = call.type.etag === true ? { etag: resource.etag } : {};
  return { status, headers: { ...headers, ...etag }, body: status === 202 ? undefined : document };
}
