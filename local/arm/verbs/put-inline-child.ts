import type { Engine } from "../engine/engine.ts";
import { parentResourceNotFound } from "../errors/not-found-errors.ts";
import { beginOperation } from "../operations/begin-operation.ts";
import { jsonObjectBody } from "../requests/request-body.ts";
import { parseResourceId } from "../resource-id.ts";
import type { PutDefinition } from "../resource-type.ts";
import { withChild } from "../store/child-entries.ts";
import type { InlineResourceType } from "../type-registry.ts";
import { checkedBody } from "./body-checks.ts";
import { supersededOrRefused } from "./conflicts.ts";
import { checkPreconditions } from "./etag-preconditions.ts";
import type { AcceptedPut, ResourceCall } from "./resource-call.ts";
import { LiveWriteContext } from "./write-context.ts";

/** Creates or replaces one inline child by its own URL: its parent's document changes, and the parent is busy meanwhile. */
export function putInlineChild(
  engine: Engine,
  call: ResourceCall,
  type: InlineResourceType,
  put: PutDefinition,
): AcceptedPut {
  const { request, apiVersion, action, id } = call;
  const parent = engine.resources.stored(id.parentId ?? "");
  if (parent === undefined) throw parentResourceNotFound(type.type, id.parentId ?? "");
  const existing = engine.resources.get(id.id);
  checkPreconditions(request, id.id, existing);
  const given = checkedBody(type, jsonObjectBody(request.text), existing);
  const superseded = supersededOrRefused(engine, [parent.id, id.id], [], put.whenBusy === "supersede");
  const parts = { apiVersion, query: request.query, caller: request.caller, action };
  const context = new LiveWriteContext(engine, { ...parts, id });
  const body = put.prepare(context, given);
  const entry = { name: existing?.name ?? id.name, ...body };
  const state = { provisioningState: "Updating", lastOperation: put.operationName } as const;
  const changed = withChild(parent, type, entry, state);
  const parentId = parseResourceId(parent.id);
  if (parentId !== undefined) {
    engine.types
      .get(parent.type)
      ?.put?.checkWhole?.(new LiveWriteContext(engine, { ...parts, id: parentId }), changed.body);
  }
  const others = put.conflictDomains?.(context, body) ?? [];
  supersededOrRefused(engine, [], others, false);
  engine.resources.put({ ...changed, ...state });
  const created = existing === undefined;
  const operation = beginOperation(engine, request, {
    kind: "put",
    name: put.operationName,
    id,
    location: parent.body.location ?? "global",
    apiVersion,
    longRunning: put.longRunning,
    seconds: (created ? put.seconds?.create : put.seconds?.update) ?? 1,
    domains: [parent.id, id.id, ...others],
    touched: [{ id: id.id, change: "put" }],
    supersedes: superseded,
    created,
  });
  return { operation, created };
}
