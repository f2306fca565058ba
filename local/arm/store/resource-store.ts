import { isJsonObject, type JsonObject } from "../json.ts";
import type { Resource, ResourceBody } from "../resource.ts";
import { idKey, isWithin, parseResourceId } from "../resource-id.ts";
import { type InlineResourceType, isInline, lastSegment, type TypeRegistry } from "../type-registry.ts";
import type { Database } from "./database.ts";
import { PersistentMap } from "./persistent-map.ts";
import { ReferenceIndex } from "./reference-index.ts";
import { childKey, type StoredResource } from "./stored-resource.ts";

/** What stood under an id before it was written or deleted. */
export interface ResourceChange {
  readonly id: string;
  readonly before: StoredResource | undefined;
}

/** All resources, found by id, type and reference; inline children are read out of their parents. */
export class ResourceStore {
  readonly #types: TypeRegistry;
  readonly #stored: PersistentMap<StoredResource>;
  readonly #byType = new Map<string, Map<string, StoredResource>>();
  readonly #references = new ReferenceIndex();
  readonly #listeners: ((change: ResourceChange) => void)[] = [];

  constructor(database: Database, types: TypeRegistry) {
    this.#types = types;
    this.#stored = new PersistentMap(database, "resources");
    for (const resource of this.#stored.values()) this.#index(resource);
  }

  /** The resource with a row of its own. */
  stored(id: string): StoredResource | undefined {
    return this.#stored.get(idKey(id));
  }

  /** The resource or inline child. */
  get(id: string): Resource | undefined {
    const stored = this.stored(id);
    if (stored !== undefined) return stored;
    const parsed = parseResourceId(id);
    if (parsed?.kind !== "resource" || parsed.parentId === undefined) return undefined;
    const type = this.#types.get(parsed.type);
    if (type === undefined || !isInline(type)) return undefined;
    const parent = this.stored(parsed.parentId);
    if (parent === undefined) return undefined;
    const name = parsed.name.toLowerCase();
    const entry = entriesOf(parent.body, type.inline.property).find((each) => each.name.toLowerCase() === name);
    return entry === undefined ? undefined : childResource(parent, type, entry);
  }

  /** All of a type, optionally below a scope, in order of creation. */
  list(typeName: string, scopeId = "/"): readonly Resource[] {
    const type = this.#types.get(typeName);
    if (type === undefined || !isInline(type)) {
      const all = [...(this.#byType.get(typeName.toLowerCase())?.values() ?? [])];
      return scopeId === "/" ? all : all.filter((resource) => isWithin(resource.id, scopeId));
    }
    const parents = this.#types.parentOf(type);
    return this.list(parents?.type ?? "")
      .flatMap((parent) => this.children(parent as StoredResource, type))
      .filter((child) => isWithin(child.id, scopeId));
  }

  /** The inline children of one type in a parent. */
  children(parent: StoredResource, type: InlineResourceType): readonly Resource[] {
    return entriesOf(parent.body, type.inline.property).map((entry) => childResource(parent, type, entry));
  }

  /** What is stored on its own below an id: nested resources and extensions, not the id itself. */
  below(id: string): readonly StoredResource[] {
    const key = idKey(id);
    const prefix = key === "/" ? "/" : `${key}/`;
    return [...this.#stored.entries()].filter(([other]) => other.startsWith(prefix)).map(([, resource]) => resource);
  }

  /** Resources and inline children whose body names the id. */
  referencesTo(id: string, type?: string): readonly Resource[] {
    const wanted = type?.toLowerCase();
    return this.#references
      .sourcesOf(id)
      .map((source) => this.get(source))
      .filter((source) => source !== undefined)
      .filter((source) => wanted === undefined || source.type.toLowerCase() === wanted);
  }

  put(resource: StoredResource): void {
    const before = this.#stored.get(idKey(resource.id));
    this.#stored.set(idKey(resource.id), resource);
    this.#index(resource, before);
    for (const listener of this.#listeners) listener({ id: resource.id, before });
  }

  delete(id: string): void {
    const key = idKey(id);
    const resource = this.#stored.get(key);
    if (resource === undefined) return;
    this.#stored.delete(key);
    this.#byType.get(resource.type.toLowerCase())?.delete(key);
    this.#references.delete(id);
    for (const listener of this.#listeners) listener({ id, before: resource });
  }

  /** Tells a listener of every change from now on, once it is stored. */
  onChange(listener: (change: ResourceChange) => void): void {
    this.#listeners.push(listener);
  }

  clear(): void {
    this.#stored.clear();
    this.#byType.clear();
    this.#references.clear();
  }

  #index(resource: StoredResource, before?: StoredResource): void {
    const type = resource.type.toLowerCase();
    const ofType = this.#byType.get(type) ?? new Map<string, StoredResource>();
    ofType.set(idKey(resource.id), resource);
    this.#byType.set(type, ofType);
    if (before?.body === resource.body) return;
    const inline = this.#types.inlineOf(resource.type);
    this.#references.set(
      resource.id,
      resource.body,
      inline.map((child) => ({ property: child.inline.property, segment: lastSegment(child) })),
    );
  }
}

/** An inline child's entry in its parent's body. */
export type InlineEntry = JsonObject & { readonly name: string; readonly properties: JsonObject };

/** The entries of an inline array. */
export function entriesOf(body: ResourceBody, property: string): readonly InlineEntry[] {
  const entries = body.properties[property];
  return Array.isArray(entries) ? entries.filter(isInlineEntry) : [];
}

function isInlineEntry(value: unknown): value is InlineEntry {
  return isJsonObject(value) && typeof value.name === "string" && isJsonObject(value.properties);
}

function childResource(parent: StoredResource, type: InlineResourceType, entry: InlineEntry): Resource {
  const { name, ...body } = entry;
  const state = parent.children[childKey(type.inline.property, name)];
  return {
    id: `${parent.id}/${lastSegment(type)}/${name}`,
    name,
    type: type.type,
    body: body as ResourceBody,
    provisioningState: state?.provisioningState ?? parent.provisioningState,
    etag: parent.etag,
    lastOperation: state?.lastOperation ?? parent.lastOperation,
  };
}
