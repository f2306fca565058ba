/** Where a JSON pointer leads in a document: a value, or nowhere. */
type PointerTarget = { readonly found: true; readonly value: unknown } | { readonly found: false };

const nowhere: PointerTarget = { found: false };

/** The JSON pointer of a path of keys and indexes: `["tiers", 0, "a/b"]` is `/tiers/0/a~1b` (RFC 6901 section 3). */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** Keys of a JSON pointer, unescaped; null where the text is none (RFC 6901 sections 3 and 4). */
export function parseJsonPointer(pointer: string): string[] | null {
  if (pointer === "") return [];
  if (!pointer.startsWith("/") || /~(?![01])/.test(pointer)) return null;
  const keys = pointer.slice(1).split("/");
  return keys.map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** What a JSON pointer points at. Only own properties count, so that `/constructor` leads nowhere. */
export function resolveJsonPointer(document: unknown, pointer: string): PointerTarget {
  const keys = parseJsonPointer(pointer);
  return keys === null ? nowhere : resolvePath(document, keys);
}

/** What stands at a path of keys and indexes. */
export function resolvePath(document: unknown, path: readonly PropertyKey[]): PointerTarget {
  let value = document;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return nowhere;
    // RFC 6901 section 4: an array index has no leading zeros, and `length` is no element.
    if (Array.isArray(value) && !/^(?:0|[1-9]\d*)$/.test(String(key))) return nowhere;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return { found: true, value };
}
