type Json = { readonly [key: string]: unknown };

/** The value under a path of property names of an answer of Azure, or undefined. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? (inner as Json)[key] : undefined),
    value,
  );
}

/** The value as a list; anything else is an empty one. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** First element of a list, or undefined. */
export function first(value: unknown): unknown {
  return list(value)[0];
}

/** A text in lower case; anything else is an empty text. */
export function lower(value: unknown): string {
  return typeof value === "string" ? value.toLowerCase() : "";
}

/** One problem where the actual value is not the expected one. */
export function equal(what: string, actual: unknown, expected: unknown): string[] {
  return actual === expected ? [] : [`${what} is ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`];
}

/** One problem where two ARM ids differ otherwise than in case. */
export function sameId(what: string, actual: unknown, expected: string): string[] {
  return lower(actual) === expected.toLowerCase()
    ? []
    : [`${what} is ${JSON.stringify(actual)} instead of ${expected}`];
}
