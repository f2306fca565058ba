import type { Engine } from "../engine/engine.ts";
import { childNotFound, resourceNotFound } from "../errors/not-found-errors.ts";
import type { Resource } from "../resource.ts";
import { parseResourceId } from "../resource-id.ts";
import { isInline } from "../type-registry.ts";
import type { ResourceCall } from "./resource-call.ts";

/**
 * The resource a call is about.
 * @throws ArmError 404 ResourceNotFound (for a missing parent too, naming it), NotFound for a missing inline child
 */
export function standing(engine: Engine, call: Pick<ResourceCall, "id" | "type" | "request">): Resource {
  const { id, type, request } = call;
  const stored = engine.resources.get(id.id);
  const resource = stored ?? type.find?.({ id, query: request.query, world: engine.world });
  if (resource !== undefined) return resource;
  if (isInline(type) && id.parentId !== undefined) {
    if (engine.resources.stored(id.parentId) !== undefined) throw childNotFound(id.id);
    const parent = parseResourceId(id.parentId);
    throw resourceNotFound(engine.types.parentOf(type)?.type ?? "", parent?.name ?? "", id.resourceGroup);
  }
  throw resourceNotFound(type.type, id.name, id.resourceGroup);
}
