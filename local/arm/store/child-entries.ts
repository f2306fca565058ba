import { randomUUID } from "node:crypto";
import type { ResourceBody } from "../resource.ts";
import type { InlineResourceType } from "../type-registry.ts";
import { entriesOf, type InlineEntry } from "./resource-store.ts";
import { type ChildState, childKey, type StoredResource } from "./stored-resource.ts";

/** The parent with a child's entry put in or replaced, a new etag, and the child's state. */
export function withChild(
  parent: StoredResource,
  type: InlineResourceType,
  entry: InlineEntry,
  state: ChildState,
): StoredResource {
  const { property } = type.inline;
  const entries = entriesOf(parent.body, property);
  const at = entries.findIndex((each) => each.name.toLowerCase() === entry.name.toLowerCase());
  const next = at === -1 ? [...entries, entry] : entries.with(at, entry);
  return {
    ...parent,
    body: withArray(parent.body, property, next),
    etag: `W/"${randomUUID()}"`,
    children: { ...parent.children, [childKey(property, entry.name)]: state },
  };
}

/** The parent without a child's entry and state, with a new etag. */
export function withoutChild(parent: StoredResource, type: InlineResourceType, name: string): StoredResource {
  const { property } = type.inline;
  const next = entriesOf(parent.body, property).filter((each) => each.name.toLowerCase() !== name.toLowerCase());
  const { [childKey(property, name)]: _state, ...children } = parent.children;
  return { ...parent, body: withArray(parent.body, property, next), etag: `W/"${randomUUID()}"`, children };
}

function withArray(body: ResourceBody, property: string, entries: readonly InlineEntry[]): ResourceBody {
  return { ...body, properties: { ...body.properties, [property]: entries } };
}
