import type { Engine } from "../engine/engine.ts";
import { childNotFound } from "../errors/not-found-errors.ts";
import type { Answer } from "../requests/arm-request.ts";
import { isInline } from "../type-registry.ts";
import type { ResourceCall } from "./resource-call.ts";
import { computedChildren, resourceDocument } from "./resource-document.ts";
import { standing } from "./standing-resource.ts";

/** GET of one resource. */
export function readResource(engine: Engine, call: ResourceCall): Answer {
  const { type, id } = call;
  if (isInline(type) && type.inline.computed === true) {
    const parent = engine.resources.get(id.parentId ?? "");
    const children = parent === undefined ? [] : computedChildren(engine, type, parent);
    const found = children.find((child) => child.name.toLowerCase() === id.name.toLowerCase());
    if (found !== undefined) return { status: 200, body: found };
    if (parent !== undefined) throw childNotFound(id.id);
  }
  const resource = standing(engine, call);
  const etag: Record<string, string> = type.etag === true ? { etag: resource.etag } : {};
  return { status: 200, headers: etag, body: resourceDocument(engine, resource) };
}

/** HEAD of one resource: 204 where it stands, 404 without a body where not. */
export function headResource(engine: Engine, call: ResourceCall): Answer {
  return { status: engine.resources.get(call.id.id) === undefined ? 404 : 204 };
}
