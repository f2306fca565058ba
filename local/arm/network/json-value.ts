import type { JsonObject } from "../json.ts";
import { invalidMember } from "./refusals.ts";

/** The value as an object; absent means empty. @throws ArmError `InvalidRequestFormat` for another type */
export function objectOf(value: unknown, path: string): JsonObject {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) throw invalidMember(value, path, "object");
  return value as JsonObject;
}

/** The value as a list; absent means empty. @throws ArmError `InvalidRequestFormat` for another type */
export function listOf(value: unknown, path: string): unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalidMember(value, path, "array");
  return value;
}

/** The value as a list of strings; absent means empty. @throws ArmError `InvalidRequestFormat` for another type */
export function stringsOf(value: unknown, path: string): string[] {
  return listOf(value, path).map((item, index) => {
    if (typeof item !== "string") throw invalidMember(item, `${path}[${index}]`, "string");
    return item;
  });
}

/** The value as a text; absent and empty mean `undefined`. @throws ArmError `InvalidRequestFormat` for another type */
export function textOf(value: unknown, path: string): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value !== "string") throw invalidMember(value, path, "string");
  return value;
}

/** The value as a boolean with a default. @throws ArmError `InvalidRequestFormat` for another type */
export function flagOf(value: unknown, path: string, fallback: boolean): boolean {
  if (value === undefined || value === null) return fallback;
  if (typeof value !== "boolean") throw invalidMember(value, path, "boolean");
  return value;
}

/** The value as a whole number with a default. @throws ArmError `InvalidRequestFormat` for another type */
export function integerOf(value: unknown, path: string, fallback: number): number {
  if (value === undefined || value === null) return fallback;
  if (!Number.isInteger(value)) throw invalidMember(value, path, "integer");
  return value as number;
}

/** One of the allowed words, compared without letter case and given back in Azure's. @throws ArmError `InvalidRequestFormat` */
export function wordOf<T extends string>(value: unknown, path: string, allowed: readonly T[], fallback?: T): T {
  if ((value === undefined || value === null) && fallback !== undefined) return fallback;
  const found = allowed.find((word) => typeof value === "string" && word.toLowerCase() === value.toLowerCase());
  if (found === undefined) throw invalidMember(value, path, allowed.join(", "));
  return found;
}

/** The `id` of a reference such as `{"id": "/subscriptions/…"}`; absent means `undefined`. */
export function referenceOf(value: unknown, path: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  return textOf(objectOf(value, path).id, `${path}.id`);
}

/** A copy without the members that are `undefined`. */
export function defined(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
