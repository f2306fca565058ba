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
  if (Array.isArray(value)) return value.map(flattened);
  if (typeof value !== "object" || value === null) return value;
  const flat: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    // Resource Graph tells what a resource lacks as null; the SDKs leave it out.
    if (inner === null) continue;
    if (key === "properties" && typeof inner === "object") {
      for (const [own, part] of Object.entries(inner)) if (part !== null) flat[own] = flattened(part);
    } else flat[key] = flattened(inner);
  }
  return flat;
}

/** A document as the model that the ports translate; what it holds is Azure's word, as an SDK's answer is. */
export function nativeOf<Native extends object>(raw: RawResource): Native {
  return flattened(raw) as Native;
}
