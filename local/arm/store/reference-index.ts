import { isJsonObject } from "../json.ts";
import { idKey, isWithin } from "../resource-id.ts";

/** An inline array of a stored resource, whose entries count as sources of their own references. */
export interface InlineArray {
  readonly property: string;
  /** Last segment of the child's type, as it stands in ids. */
  readonly segment: string;
}

interface Reference {
  readonly sourceId: string;
  readonly target: string;
}

/** Who names whom: every id-shaped string in a stored body, with the resource or inline child it stands in. */
export class ReferenceIndex {
  readonly #byOwner = new Map<string, readonly Reference[]>();
  readonly #byTarget = new Map<string, Map<string, number>>();

  /** Records what the body of `ownerId` names now. */
  set(ownerId: string, body: unknown, inline: readonly InlineArray[]): void {
    this.delete(ownerId);
    const references = collect(ownerId, body, inline);
    this.#byOwner.set(idKey(ownerId), references);
    for (const { sourceId, target } of references) {
      const sources = this.#byTarget.get(target) ?? new Map<string, number>();
      sources.set(sourceId, (sources.get(sourceId) ?? 0) + 1);
      this.#byTarget.set(target, sources);
    }
  }

  delete(ownerId: string): void {
    const owner = idKey(ownerId);
    for (const { sourceId, target } of this.#byOwner.get(owner) ?? []) {
      const sources = this.#byTarget.get(target);
      const left = (sources?.get(sourceId) ?? 1) - 1;
      if (left > 0) sources?.set(sourceId, left);
      else sources?.delete(sourceId);
      if (sources?.size === 0) this.#byTarget.delete(target);
    }
    this.#byOwner.delete(owner);
  }

  clear(): void {
    this.#byOwner.clear();
    this.#byTarget.clear();
  }

  /** Ids of the resources and inline children that name `id`. */
  sourcesOf(id: string): readonly string[] {
    return [...(this.#byTarget.get(idKey(id))?.keys() ?? [])];
  }
}

function collect(ownerId: string, body: unknown, inline: readonly InlineArray[]): readonly Reference[] {
  if (!isJsonObject(body)) return [];
  const { properties, ...envelope } = body;
  const from = (sourceId: string, value: unknown): readonly Reference[] =>
    idsIn(value)
      .filter((id) => !isWithin(id, ownerId))
      .map((id) => ({ sourceId, target: idKey(id) }));
  if (!isJsonObject(properties)) return from(ownerId, envelope);
  const own = { ...properties };
  const ofChildren: Reference[] = [];
  for (const { property, segment } of inline) {
    const entries = own[property];
    if (!Array.isArray(entries)) continue;
    delete own[property];
    for (const entry of entries) ofChildren.push(...from(`${ownerId}/${segment}/${nameOf(entry)}`, entry));
  }
  return [...from(ownerId, [envelope, own]), ...ofChildren];
}

/** Every id-shaped string in a value; also member names, as in `identity.userAssignedIdentities`. */
function idsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return looksLikeId(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(idsIn);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => [...idsIn(key), ...idsIn(item)]);
}

function looksLikeId(value: string): boolean {
  return value.charCodeAt(0) === 47 && /^\/(subscriptions|providers)\//i.test(value);
}

function nameOf(entry: unknown): string {
  return isJsonObject(entry) ? String(entry.name) : "";
}
