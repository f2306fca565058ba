import { randomUUID } from "node:crypto";
import type { Engine } from "../engine/engine.ts";
import { invalidRequestContent, methodNotAllowed } from "../errors/request-errors.ts";
import type { JsonObject } from "../json.ts";
import { LiveCompletionContext } from "../operations/completion-context.ts";
import { tellSynchronous } from "../operations/tell-synchronous.ts";
import type { Answer } from "../requests/arm-request.ts";
import { jsonObjectBody } from "../requests/request-body.ts";
import type { Resource, ResourceBody } from "../resource.ts";
import { isInline } from "../type-registry.ts";
import { checkedTags } from "./body-checks.ts";
import { supersededOrRefused } from "./conflicts.ts";
import { checkPreconditions } from "./etag-preconditions.ts";
import type { ResourceCall } from "./resource-call.ts";
import { resourceDocument } from "./resource-document.ts";
import { standing } from "./standing-resource.ts";
import { LiveWriteContext } from "./write-context.ts";

/** Changes a part of a resource, synchronously: its tags, or what the type's own PATCH allows. */
export function patchResource(engine: Engine, call: ResourceCall): Answer {
  const { type, request, id } = call;
  if (type.patch === undefined || isInline(type)) throw methodNotAllowed("PATCH", type.type);
  const existing = standing(engine, call);
  checkPreconditions(request, id.id, existing);
  supersededOrRefused(engine, [id.id], [], false);
  const body = patchedBody(engine, call, jsonObjectBody(request.text), existing);
  const stored = engine.resources.stored(id.id);
  if (stored === undefined) throw new Error(`${id.id} is not stored on its own.`);
  engine.resources.put({ ...stored, body, etag: `W/"${randomUUID()}"` });
  const changed = engine.resources.get(id.id) ?? existing;
  tellSynchronous(engine, request, { kind: "Write", resourceId: id.id, action: call.action, known: true });
  if (type.patch !== "tags") type.patch.completed?.(new LiveCompletionContext(engine, changed, request.caller));
  return { status: 200, body: resourceDocument(engine, changed) };
}

function patchedBody(engine: Engine, call: ResourceCall, patch: JsonObject, existing: Resource): ResourceBody {
  const { type, request, apiVersion, action, id } = call;
  if (type.patch === "tags" || type.patch === undefined) {
    const foreign = Object.keys(patch).find((key) => key !== "tags");
    if (foreign !== undefined) throw invalidRequestContent(`Only tags can be changed by PATCH, not '${foreign}'.`);
    const tags = checkedTags(type, patch.tags);
    return tags === undefined ? existing.body : { ...existing.body, tags };
  }
  const parts = { id, apiVersion, query: request.query, caller: request.caller, action };
  return type.patch.prepare(new LiveWriteContext(engine, parts), patch, existing.body);
}
