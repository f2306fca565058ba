import { ArmError } from "../arm-error.ts";
import type { Engine } from "../engine/engine.ts";
import { methodNotAllowed } from "../errors/request-errors.ts";
import { beginOperation } from "../operations/begin-operation.ts";
import { operationHeaders } from "../operations/operation-uri.ts";
import type { Answer } from "../requests/arm-request.ts";
import type { Resource } from "../resource.ts";
import { parseResourceId } from "../resource-id.ts";
import { withChild, withoutChild } from "../store/child-entries.ts";
import { isInline } from "../type-registry.ts";
import { supersededOrRefused } from "./conflicts.ts";
import { checkPreconditions } from "./etag-preconditions.ts";
import type { ResourceCall } from "./resource-call.ts";
import { resourceDocument } from "./resource-document.ts";
import { type ContextParts, LiveWriteContext } from "./write-context.ts";

/** Deletes a resource: 204 where nothing stands, 200 when done at once, 202 for a long-running deletion. */
export function deleteResource(engine: Engine, call: ResourceCall): Answer {
  const { type, request, id, apiVersion, action } = call;
  const { remove } = type;
  if (remove === undefined) throw methodNotAllowed("DELETE", type.type);
  const existing = engine.resources.get(id.id);
  if (existing === undefined) return { status: 204 };
  checkPreconditions(request, id.id, existing);
  const own = isInline(type) ? [id.parentId ?? "", id.id] : [id.id];
  supersededOrRefused(engine, own, [], false);
  const parts = { apiVersion, query: request.query, caller: request.caller, action };
  const context = new LiveWriteContext(engine, { ...parts, id });
  remove.check?.(context, existing);
  checkParentWithout(engine, call, parts);
  const others = remove.conflictDomains?.(context, existing) ?? [];
  supersededOrRefused(engine, [], others, false);
  const document = resourceDocument(engine, existing);
  const name = remove.operationName ?? `Delete${type.put?.operationName.replace(/^Put/, "") ?? "Operation"}`;
  const operation = engine.database.transaction(() => {
    markDeleting(engine, call, existing, name);
    return beginOperation(engine, request, {
      kind: "remove",
      name,
      id,
      location: existing.body.location ?? context.parent?.body.location ?? "global",
      apiVersion,
      longRunning: remove.longRunning,
      seconds: remove.seconds ?? 1,
      domains: [...own, ...others],
      touched: [{ id: id.id, change: "remove" }],
      supersedes: [],
    });
  });
  engine.clock.tick();
  if (operation.longRunning !== undefined) return { status: 202, headers: operationHeaders(engine, operation) };
  const ended = engine.operations.get(operation.id);
  if (ended?.error !== undefined) throw new ArmError(400, ended.error.code, ended.error.message, ended.error.details);
  return { status: 200, body: type.scope === "extension" ? document : undefined };
}

/** What remains of a parent without the child must be as good as a body of a PUT would have to be. */
function checkParentWithout(engine: Engine, { type, id }: ResourceCall, parts: Omit<ContextParts, "id">): void {
  const parentId = parseResourceId(id.parentId ?? "");
  const parent = engine.resources.stored(id.parentId ?? "");
  if (!isInline(type) || parentId === undefined || parent === undefined) return;
  const { body } = withoutChild(parent, type, id.name);
  engine.types.get(parent.type)?.put?.checkWhole?.(new LiveWriteContext(engine, { ...parts, id: parentId }), body);
}

function markDeleting(engine: Engine, { type, id }: ResourceCall, existing: Resource, lastOperation: string): void {
  const state = { provisioningState: "Deleting", lastOperation } as const;
  if (!isInline(type)) {
    const stored = engine.resources.stored(id.id);
    if (stored !== undefined) engine.resources.put({ ...stored, ...state });
    return;
  }
  const parent = engine.resources.stored(id.parentId ?? "");
  if (parent === undefined) return;
  const changed = withChild(parent, type, { name: existing.name, ...existing.body }, state);
  engine.resources.put({ ...changed, provisioningState: "Updating", lastOperation });
}
