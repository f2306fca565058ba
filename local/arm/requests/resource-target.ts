import type { Engine } from "../engine/engine.ts";
import { invalidResourceNamespace, invalidResourceType, notModelled } from "../errors/request-errors.ts";
import { parseResourceId, type ResourceId } from "../resource-id.ts";
import type { ActionDefinition, ResourceType } from "../resource-type.ts";

/** What a resource URL means. */
export type ResourceTarget =
  | { readonly kind: "resource"; readonly type: ResourceType; readonly id: ResourceId }
  | { readonly kind: "collection"; readonly type: ResourceType; readonly scope: ResourceId }
  | {
      readonly kind: "action";
      readonly type: ResourceType;
      readonly id: ResourceId;
      readonly key: string;
      readonly definition: ActionDefinition;
    };

/**
 * Reads a path below `/providers/{namespace}` as a resource, a collection, or an action (POST) or query (GET) of one.
 *
 * @throws ArmError 404 InvalidResourceNamespace, 400 InvalidResourceType, 501 where Azure may have it and local Azure has not
 */
export function resourceTarget(engine: Engine, method: string, segments: readonly string[]): ResourceTarget {
  const at = segments.findLastIndex((segment) => segment.toLowerCase() === "providers");
  const namespace = segments[at + 1] ?? "";
  const rest = segments.slice(at + 2);
  if (at === -1 || rest.length === 0) throw notModelled(`${method} /${segments.join("/")}`);
  demandNamespace(engine, namespace);
  const types = rest.filter((_, index) => index % 2 === 0);
  const typeName = [namespace, ...types].join("/");
  if (rest.length % 2 === 0) {
    const id = parseResourceId(`/${segments.join("/")}`);
    const type = engine.types.get(typeName);
    if (type === undefined || id === undefined) throw unknownType(namespace, types);
    return { kind: "resource", type, id };
  }
  const collection = engine.types.get(typeName);
  if (collection !== undefined) {
    const scope = collectionScope(segments, at, rest);
    return { kind: "collection", type: collection, scope };
  }
  return actionTarget(engine, method, segments, namespace, types);
}

function demandNamespace(engine: Engine, namespace: string): void {
  if (engine.types.namespace(namespace) !== undefined) return;
  if (/^microsoft\./i.test(namespace)) throw notModelled(`the resource provider '${namespace}'`);
  throw invalidResourceNamespace(namespace);
}

function collectionScope(segments: readonly string[], at: number, rest: readonly string[]): ResourceId {
  const end = rest.length === 1 ? at : segments.length - 1;
  const path = `/${segments.slice(0, end).join("/")}`;
  const scope = parseResourceId(path);
  if (scope === undefined) throw notModelled(`the scope '${path}'`);
  return scope;
}

function actionTarget(
  engine: Engine,
  method: string,
  segments: readonly string[],
  namespace: string,
  types: readonly string[],
): ResourceTarget {
  const key = segments[segments.length - 1] ?? "";
  const type = engine.types.get([namespace, ...types.slice(0, -1)].join("/"));
  const id = parseResourceId(`/${segments.slice(0, -1).join("/")}`);
  if (type === undefined || types.length < 2 || id === undefined) throw unknownType(namespace, types);
  const offered = method === "POST" ? type.actions : type.queries;
  const found = Object.entries(offered ?? {}).find(([name]) => name.toLowerCase() === key.toLowerCase());
  if (found === undefined) throw notModelled(`${method} '${key}' of '${type.type}'`);
  return { kind: "action", type, id, key: found[0], definition: found[1] };
}

function unknownType(namespace: string, types: readonly string[]): Error {
  if (types.every((type) => /^[a-z][a-z0-9]*$/i.test(type))) {
    return notModelled(`the resource type '${namespace}/${types.join("/")}'`);
  }
  return invalidResourceType(namespace, types.join("/"), "");
}
