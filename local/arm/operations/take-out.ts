import type { Engine } from "../engine/engine.ts";
import type { Resource } from "../resource.ts";
import { parseResourceId } from "../resource-id.ts";
import { withoutChild } from "../store/child-entries.ts";
import { isInline } from "../type-registry.ts";

/**
 * Takes a resource out of the store together with what is nested below it or extends it (role assignments, locks,
 * diagnostic settings). Returns what went, outermost last, so that the effects of each removal can follow.
 */
export function takeOut(engine: Engine, id: string): readonly Resource[] {
  const resource = engine.resources.get(id);
  if (resource === undefined) return [];
  const below = engine.resources.below(resource.id);
  for (const each of below) engine.resources.delete(each.id);
  const type = engine.types.get(resource.type);
  const parent = engine.resources.stored(parseResourceId(resource.id)?.parentId ?? "");
  if (type !== undefined && isInline(type)) {
    if (parent !== undefined) engine.resources.put(withoutChild(parent, type, resource.name));
  } else {
    engine.resources.delete(resource.id);
  }
  return [...below, resource];
}
