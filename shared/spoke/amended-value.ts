import type { AmendedProperty } from "../domain/amendment.ts";
import { valueAt } from "./body-pointer.ts";

/**
 * What a property of an amendment comes to over a desired body. One that says what it takes the place of counts only as long
 * as the request makes that of it: a rule that the request has changed or given up does not live on in its narrowed form.
 * Its priority is the request's to give. Null where it has lapsed.
 */
export function amendedValue(
  body: unknown,
  { pointer, value, replaces }: AmendedProperty,
): { readonly value: unknown } | null {
  if (replaces === undefined) return { value };
  const wanted = valueAt(body, pointer);
  if (meaningOf(wanted) === meaningOf(value)) return { value: wanted };
  if (meaningOf(wanted) !== meaningOf(replaces)) return null;
  if (!isFields(value) || !isFields(wanted) || !("priority" in wanted)) return { value };
  return { value: { ...value, priority: wanted.priority } };
}

/** All of a value but its words and its place in the order. */
function meaningOf(value: unknown): string {
  if (!isFields(value)) return JSON.stringify(value);
  const { description: _description, priority: _priority, ...rest } = value;
  const parts = Object.entries(rest).map(([key, part]) => [key, Array.isArray(part) ? part.toSorted() : part]);
  return JSON.stringify(parts.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
