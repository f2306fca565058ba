import { isJsonObject } from "../../local/arm/json.ts";
import type { ArmWrite } from "./arm-write.ts";
import { declaredResource } from "./declared-resource.ts";

/** A property with more values than this over all writes is no enumeration: its values count by their kind alone. */
const enumerationLimit = 12;

/**
 * Those of `writes` that show a compiler something new: a pair of type and API version, or an object that differs from all objects seen at the same
 * place of the same type. Objects are alike that have the same properties with the same values, where names,
 * addresses and whatever else has many values (`enumerationLimit`) may differ.
 */
export function distinctWrites(writes: readonly ArmWrite[]): readonly ArmWrite[] {
  const visits = writes.map((write) => ({ write, objects: objectsIn(write) }));
  const values = new Map<string, Set<unknown>>();
  for (const { place, members } of visits.flatMap(({ objects }) => objects)) {
    for (const [name, member] of members) {
      const property = `${place}.${name}`;
      const seen = values.get(property) ?? new Set();
      values.set(property, seen);
      for (const value of scalarsOf(member)) seen.add(value);
    }
  }
  const isEnumeration = (property: string) => (values.get(property)?.size ?? 0) <= enumerationLimit;
  const shown = new Set<string>();
  return visits.flatMap(({ write, objects }) => {
    const before = shown.size;
    for (const { place, members } of objects) {
      const parts = members.map(
        ([name, member]) => `${name}: ${JSON.stringify(likeness(member, isEnumeration(`${place}.${name}`)))}`,
      );
      shown.add(`${place} ${[...new Set(parts)].sort().join()}`);
    }
    return shown.size > before ? [write] : [];
  });
}

interface PlacedObject {
  /** Type, API version and property without indices. */
  readonly place: string;
  readonly members: readonly (readonly [string, unknown])[];
}

function objectsIn({ path, apiVersion, body }: ArmWrite): readonly PlacedObject[] {
  const { type, targetScope } = declaredResource(path);
  return objectsBelow(body, `${targetScope} ${type}@${apiVersion}`.toLowerCase());
}

function objectsBelow(value: unknown, place: string): readonly PlacedObject[] {
  if (Array.isArray(value)) return value.flatMap((item) => objectsBelow(item, `${place}[]`));
  if (!isJsonObject(value)) return [];
  // A resource id as a name is an entry of a map (userAssignedIdentities).
  const members = Object.entries(value).map(([name, item]) => [name.startsWith("/") ? "/" : name, item] as const);
  return [{ place, members }, ...members.flatMap(([name, item]) => objectsBelow(item, `${place}.${name}`))];
}

function scalarsOf(member: unknown): readonly unknown[] {
  if (Array.isArray(member)) return member.flatMap(scalarsOf);
  return isJsonObject(member) ? [] : [member];
}

/** What of a member counts; objects below it count at their own place. */
function likeness(member: unknown, isEnumeration: boolean): unknown {
  if (Array.isArray(member)) {
    const items = member.map((item) => JSON.stringify(likeness(item, isEnumeration)));
    return [...new Set(items)].sort();
  }
  if (isJsonObject(member)) return {};
  return isEnumeration || member === null ? member : typeof member;
}
