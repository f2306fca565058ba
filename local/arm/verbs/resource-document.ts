import type { Engine } from "../engine/engine.ts";
import type { Resource, ResourceBody, ResourceDocument } from "../resource.ts";
import type { ResourceType } from "../resource-type.ts";
import type { StoredResource } from "../store/stored-resource.ts";
import { isInline, lastSegment } from "../type-registry.ts";

/** A resource as GET shows it: stored body, state, inline children, and what the type computes. */
export function resourceDocument(engine: Engine, resource: Resource): ResourceDocument {
  const type = engine.types.get(resource.type);
  if (type === undefined) throw new Error(`No definition of the resource type ${resource.type}.`);
  const properties = { ...resource.body.properties };
  for (const child of engine.types.inlineOf(resource.type)) {
    if (child.inline.computed === true) continue;
    const children = engine.resources.children(resource as StoredResource, child);
    properties[child.inline.property] = children.map((each) => resourceDocument(engine, each));
  }
  const document = assemble(type, resource, properties);
  return type.view === undefined ? document : type.view(document, resource, engine.world);
}

function assemble(type: ResourceType, resource: Resource, properties: Record<string, unknown>): ResourceDocument {
  const { location, tags, ...rest } = resource.body as ResourceBody;
  return {
    name: resource.name,
    id: resource.id,
    type: resource.type,
    ...(type.etag === true ? { etag: resource.etag } : {}),
    ...(location === undefined ? {} : { location }),
    ...(tags === undefined ? {} : { tags }),
    ...rest,
    properties:
      type.provisioningState === false ? properties : { provisioningState: resource.provisioningState, ...properties },
  };
}

/** The children that only the parent's view shows (`defaultSecurityRules`). */
export function computedChildren(engine: Engine, type: ResourceType, parent: Resource): readonly ResourceDocument[] {
  if (!isInline(type) || type.inline.computed !== true) return [];
  const entries = resourceDocument(engine, parent).properties[type.inline.property];
  if (!Array.isArray(entries)) return [];
  return entries.map((entry: ResourceDocument) => ({
    ...entry,
    id: `${parent.id}/${lastSegment(type)}/${entry.name}`,
    type: type.type,
  }));
}
