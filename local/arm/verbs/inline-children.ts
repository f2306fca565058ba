import type { Engine } from "../engine/engine.ts";
import { invalidRequestContent } from "../errors/request-errors.ts";
import { isJsonObject } from "../json.ts";
import type { Touched } from "../operations/operation.ts";
import type { ResourceBody } from "../resource.ts";
import { idKey, parseResourceId } from "../resource-id.ts";
import { entriesOf, type InlineEntry } from "../store/resource-store.ts";
import { type ChildState, childKey, type StoredResource } from "../store/stored-resource.ts";
import { type InlineResourceType, lastSegment } from "../type-registry.ts";
import { checkedBody, checkName } from "./body-checks.ts";
import type { ResourceCall } from "./resource-call.ts";
import { LiveWriteContext } from "./write-context.ts";

/** What a parent's PUT does to its children. */
export interface MergedChildren {
  /** By property: the new arrays. */
  readonly arrays: Readonly<Record<string, readonly InlineEntry[]>>;
  readonly states: Readonly<Record<string, ChildState>>;
  readonly touched: readonly Touched[];
}

/** Splits the arrays of inline children off a body. */
export function withoutChildren(engine: Engine, type: string, body: ResourceBody): ResourceBody {
  const properties = { ...body.properties };
  for (const child of engine.types.inlineOf(type)) delete properties[child.inline.property];
  return { ...body, properties };
}

/**
 * Prepares every child in a parent's body, checks the removal of those it drops, and keeps those it may not mention.
 * @throws ArmError as the children's types refuse
 */
export function mergeChildren(
  engine: Engine,
  call: ResourceCall,
  body: ResourceBody,
  existing: StoredResource | undefined,
): MergedChildren {
  const arrays: Record<string, readonly InlineEntry[]> = {};
  const states: Record<string, ChildState> = {};
  const touched: Touched[] = [];
  for (const type of engine.types.inlineOf(call.type.type)) {
    if (type.inline.computed === true) continue;
    const { property } = type.inline;
    const before = existing === undefined ? [] : entriesOf(existing.body, property);
    const given = givenEntries(type, body.properties[property], call.apiVersion, before);
    const merged = given === "keep" ? before : given.map((entry) => preparedEntry(engine, call, type, entry, before));
    refuseDuplicates(type, merged);
    arrays[property] = merged;
    const dropped = before.filter((old) => !merged.some((entry) => sameName(entry, old)));
    for (const entry of dropped) touched.push(droppedChild(engine, call, type, entry));
    for (const entry of merged) {
      const key = childKey(property, entry.name);
      const state = existing?.children[key];
      if (given === "keep") {
        if (state !== undefined) states[key] = state;
        continue;
      }
      states[key] = { provisioningState: "Updating", lastOperation: type.put?.operationName ?? "" };
      touched.push({ id: childId(call, type, entry.name), change: "put" });
    }
  }
  return { arrays, states, touched };
}

function givenEntries(
  type: InlineResourceType,
  value: unknown,
  apiVersion: string,
  before: readonly InlineEntry[],
): readonly unknown[] | "keep" {
  if (value === undefined || value === null) {
    const { whenAbsent } = type.inline;
    const rule = typeof whenAbsent === "function" ? whenAbsent(apiVersion) : whenAbsent;
    return rule === "keep" && before.length > 0 ? "keep" : [];
  }
  if (!Array.isArray(value)) throw invalidRequestContent(`'${type.inline.property}' must be an array.`);
  return value;
}

function preparedEntry(
  engine: Engine,
  call: ResourceCall,
  type: InlineResourceType,
  entry: unknown,
  before: readonly InlineEntry[],
): InlineEntry {
  if (!isJsonObject(entry) || typeof entry.name !== "string") {
    throw invalidRequestContent(`Every entry of '${type.inline.property}' must be an object with a name.`);
  }
  const given = entry.name;
  const name = before.find((old) => old.name.toLowerCase() === given.toLowerCase())?.name ?? given;
  checkName(type, name);
  const context = childContext(engine, call, type, name);
  const body = checkedBody(type, entry, context.existing);
  return { name, ...(type.put?.prepare(context, body) ?? body) };
}

function droppedChild(engine: Engine, call: ResourceCall, type: InlineResourceType, entry: InlineEntry): Touched {
  const context = childContext(engine, call, type, entry.name);
  const removed = context.existing;
  if (removed === undefined) throw new Error(`The child ${context.id.id} vanished.`);
  type.remove?.check?.(context, removed);
  return { id: removed.id, change: "remove", removed };
}

function childContext(engine: Engine, call: ResourceCall, type: InlineResourceType, name: string): LiveWriteContext {
  const id = parseResourceId(childId(call, type, name));
  if (id === undefined) throw invalidRequestContent(`The name '${name}' is invalid.`);
  const { request, apiVersion, action } = call;
  return new LiveWriteContext(engine, { id, apiVersion, query: request.query, caller: request.caller, action });
}

function childId(call: ResourceCall, type: InlineResourceType, name: string): string {
  return `${call.id.id}/${lastSegment(type)}/${name}`;
}

function sameName(a: InlineEntry, b: InlineEntry): boolean {
  return idKey(a.name) === idKey(b.name);
}

function refuseDuplicates(type: InlineResourceType, entries: readonly InlineEntry[]): void {
  const names = new Set(entries.map((entry) => entry.name.toLowerCase()));
  if (names.size !== entries.length) {
    throw invalidRequestContent(`Two entries of '${type.inline.property}' have the same name.`);
  }
}
