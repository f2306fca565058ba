import type { Engine } from "../engine/engine.ts";
import { resourceNotFound } from "../errors/not-found-errors.ts";
import { methodNotAllowed, notModelled } from "../errors/request-errors.ts";
import type { Answer, ArmRequest } from "../requests/arm-request.ts";
import type { Resource } from "../resource.ts";
import { idKey, parseResourceId, type ResourceId } from "../resource-id.ts";
import type { ListBy, ResourceType } from "../resource-type.ts";
import { isInline } from "../type-registry.ts";
import { page } from "./page.ts";
import { computedChildren, resourceDocument } from "./resource-document.ts";

const defaultPageSize = 100;

/** A call on a collection. */
export interface CollectionCall {
  readonly request: ArmRequest;
  readonly type: ResourceType;
  readonly scope: ResourceId;
  readonly apiVersion: string;
}

/** GET of a collection: all of a type below a resource group, a subscription, a parent, or on a scope. */
export function listResources(engine: Engine, call: CollectionCall): Answer {
  const { type, scope, request, apiVersion } = call;
  if (type.list === undefined) throw methodNotAllowed("GET", type.type);
  const by = listedBy(type, scope);
  if (!type.list.by.includes(by)) throw notModelled(`listing '${type.type}' by ${by}`);
  const size = type.list.pageSize ?? defaultPageSize;
  if (isInline(type) && type.inline.computed === true) {
    const parent = engine.resources.get(scope.id);
    if (parent === undefined) throw resourceNotFound(scope.type, scope.name, scope.resourceGroup);
    const children = computedChildren(engine, type, parent);
    return page(
      engine.baseUrl,
      request,
      children,
      (child) => child.id,
      (child) => child,
      children.length + 1,
    );
  }
  if (by === "parent" && type.virtualParent !== true && engine.resources.get(scope.id) === undefined) {
    throw resourceNotFound(scope.type, scope.name, scope.resourceGroup);
  }
  const { query, caller } = request;
  const context = { scope, apiVersion, query, world: engine.world, caller };
  const selected = type.list.select?.(context) ?? ordinarySelection(engine, type, scope, by);
  const ordered = isInline(type) ? selected : [...selected].sort((a, b) => (idKey(a.id) < idKey(b.id) ? -1 : 1));
  return page(
    engine.baseUrl,
    request,
    ordered,
    ({ id }) => idKey(id),
    (each) => resourceDocument(engine, each),
    size,
  );
}

function listedBy(type: ResourceType, scope: ResourceId): ListBy {
  if (type.scope === "extension") return "scope";
  if (scope.kind === "resource") return "parent";
  return scope.kind === "managementGroup" ? "tenant" : scope.kind;
}

function ordinarySelection(engine: Engine, type: ResourceType, scope: ResourceId, by: ListBy): readonly Resource[] {
  const below = engine.resources.list(type.type, scope.id);
  if (by !== "scope" && by !== "parent") return below;
  return below.filter(({ id }) => {
    const parsed = parseResourceId(id);
    return idKey((by === "scope" ? parsed?.extendedId : parsed?.parentId) ?? "") === idKey(scope.id);
  });
}
