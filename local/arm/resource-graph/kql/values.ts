import { isJsonObject } from "../../json.ts";

/** A value as text, as `tostring` gives it: null is the empty text, an object its JSON. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** True for null and the empty text; an empty list is not empty. Source: Kusto Query Language, "isempty()". */
export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "";
}

/** What stands under a name or an index; negative indexes count from the end. Null where nothing does. */
export function memberOf(value: unknown, key: string | number): unknown {
  if (typeof key === "number") return Array.isArray(value) ? (value.at(key) ?? null) : null;
  return isJsonObject(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
}

/**
 * Equality as KQL has it: with one null false, with two null.
 * Source: Kusto Query Language, "Null values".
 */
export function equal(a: unknown, b: unknown): boolean | null {
  if (a === null && b === null) return null;
  if (a === null || b === null) return false;
  if (typeof a === typeof b && typeof a !== "object") return a === b;
  return textOf(a) === textOf(b);
}

/** Equality of texts without regard to case. */
export function equalIgnoringCase(a: unknown, b: unknown): boolean {
  return textOf(a).toLowerCase() === textOf(b).toLowerCase();
}

/** Order: null is smallest, then booleans, numbers, and texts by their characters. */
export function compare(a: unknown, b: unknown): number {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [left, right] = [textOf(a), textOf(b)];
  return left === right ? 0 : left < right ? -1 : 1;
}

function rankOf(value: unknown): number {
  if (value === null || value === undefined) return 0;
  return { boolean: 1, number: 2 }[typeof value as string] ?? 3;
}

/**
 * `has`: the words stand in the text as whole words, that is, between characters that are neither letters nor digits.
 * Source: Kusto Query Language, "String operators: What is a term?".
 */
export function hasTerm(text: string, term: string): boolean {
  const [within, wanted] = [text.toLowerCase(), term.toLowerCase()];
  if (wanted === "") return true;
  for (let at = within.indexOf(wanted); at !== -1; at = within.indexOf(wanted, at + 1)) {
    if (!isWordCharacter(within[at - 1]) && !isWordCharacter(within[at + wanted.length])) return true;
  }
  return false;
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}
