/** A resource as Resource Manager's own JSON has it, and Resource Graph's rows too. */
export interface RawResource {
  readonly id: string;
  readonly name?: string;
  readonly type?: string;
  readonly location?: string;
  readonly properties?: unknown;
  readonly [column: string]: unknown;
}

/**
 * The document in the form of the SDKs' models, which have what lies under `properties` beside id and name, in every part
 * that has an id of its own too. Names that an SDK spells otherwise keep Azure's own spelling.
 */
export function flattened(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.length === 0 || typeof value[0] !== "object" ? value : value.map(flattened);
  const flat: Record<string, unknown> = {};
  addFlattened(flat, value);
  return flat;
}

/** Resource Graph tells what a resource lacks as null; the SDKs leave it out. */
function addFlattened(flat: Record<string, unknown>, value: object): void {
  // JSON has no inherited keys, and a sweep flattens hundreds of thousands of rules.
  for (const key in value) {
    const inner = (value as Record<string, unknown>)[key];
    if (inner === null) continue;
    if (typeof inner !== "object") flat[key] = inner;
    else if (key === "properties") addFlattened(flat, inner);
    else flat[key] = flattened(inner);
  }
}

/** A document as the model that the ports translate; what it holds is Azure's word, as an SDK's answer is. */
export function nativeOf<Native extends object>(raw: RawResource): Native {
  return flattened(raw) as Native;
}
