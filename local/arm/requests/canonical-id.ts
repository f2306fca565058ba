import type { Engine } from "../engine/engine.ts";
import { parseResourceId, type ResourceId } from "../resource-id.ts";
import { lastSegment } from "../type-registry.ts";

/**
 * The id in the casing that Azure shows: names as first written, types as their provider spells them, subscription ids
 * in lower case.
 */
export function canonicalId(engine: Engine, id: ResourceId): ResourceId {
  if (id.kind === "tenant" || id.kind === "managementGroup") return id;
  if (id.kind === "subscription") return parsed(id.id.toLowerCase());
  const standing = engine.resources.get(id.id);
  if (standing !== undefined) return parsed(standing.id);
  const parentOf = () => canonicalId(engine, parsed(id.parentId ?? "/"));
  if (id.kind === "resourceGroup") return parsed(`${parentOf().id}/resourceGroups/${id.name}`);
  const type = engine.types.get(id.type);
  const spelled = type?.type ?? id.type;
  const nested = spelled.split("/").length > 2;
  if (nested && type !== undefined)
    return parsed(`${nestedParent(engine, id, spelled)}/${lastSegment(type)}/${id.name}`);
  const parent = parentOf();
  if (nested) return parsed(`${parent.id}/${spelled.split("/").at(-1)}/${id.name}`);
  return parsed(`${parent.id === "/" ? "" : parent.id}/providers/${spelled}/${id.name}`);
}

/** The parent's part of a nested id; also where the parent (`locations/westeurope`, `queueServices/default`) is no modelled type. */
function nestedParent(engine: Engine, id: ResourceId, spelled: string): string {
  const parent = parsed(id.parentId ?? "/");
  if (engine.types.get(parent.type) !== undefined) return canonicalId(engine, parent).id;
  const [namespace, ...types] = spelled.split("/");
  const scope = canonicalId(engine, parsed(parent.parentId ?? "/"));
  if (types.length > 2) return `${scope.id}/${types.at(-2)}/${parent.name}`;
  const prefix = `${scope.id === "/" ? "" : scope.id}/providers/${namespace}`;
  return `${prefix}/${types[0]}/${parent.name}`;
}

function parsed(id: string): ResourceId {
  const result = parseResourceId(id);
  if (result === undefined) throw new Error(`Not an id of Azure Resource Manager: ${id}`);
  return result;
}
