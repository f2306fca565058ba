import type * as z from "zod";

/** The fields of an object, each parsed for itself; undefined where a field is malformed or missing. */
export type Parts<S extends z.ZodRawShape> = { readonly [K in keyof S]: z.output<S[K]> | undefined };

/** Far more than any list of a request may hold, and few enough that a hostile list costs nothing. */
const examinedElements = 256;
const examinedDepth = 6;

/**
 * Reads each field of an object for itself, so that rules across fields can run on what is well-formed although
 * other fields are not. Defaults are filled in for absent fields.
 */
export function partsOf<S extends z.ZodRawShape>(shape: S, value: unknown): Parts<S> {
  const entries = Object.entries(shape).map(([key, field]) => [key, parsedField(field, fieldOf(value, key))]);
  return Object.fromEntries(entries) as Parts<S>;
}

/** The elements of a list, each read with partsOf, at their own indexes; undefined where there is no list. */
export function elementParts<S extends z.ZodRawShape>(shape: S, list: unknown): readonly Parts<S>[] | undefined {
  return Array.isArray(list) ? list.map((element) => partsOf(shape, element)) : undefined;
}

/** The elements of a list that match the schema, at their own indexes; the others are undefined. */
export function matchingElements<T>(schema: z.ZodType<T>, list: unknown): readonly (T | undefined)[] {
  return Array.isArray(list) ? list.map((element) => schema.safeParse(element).data) : [];
}

/** An object's own field of that name, or undefined where there is none or the value is no object. */
export function fieldOf(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/**
 * The document with every list cut to its first 256 elements. The limits of all lists lie below that, so a list that
 * was cut is refused all the same, at a bounded cost.
 */
export function withListsCut(document: unknown, depth = examinedDepth): unknown {
  if (depth === 0) return document;
  if (Array.isArray(document)) return document.slice(0, examinedElements).map((each) => withListsCut(each, depth - 1));
  if (!isObject(document)) return document;
  return Object.fromEntries(Object.entries(document).map(([key, value]) => [key, withListsCut(value, depth - 1)]));
}

function parsedField(field: z.core.$ZodType, value: unknown): unknown {
  return (field as z.ZodType).safeParse(value).data;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
