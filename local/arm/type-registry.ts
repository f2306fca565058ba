import type { InlineChild, ResourceType } from "./resource-type.ts";

/** A type that is stored inside its parent. */
export type InlineResourceType = ResourceType & { readonly inline: InlineChild };

/** The resource types that local Azure models, by name without regard to case. */
export class TypeRegistry {
  readonly #types = new Map<string, ResourceType>();
  readonly #inlineByParent = new Map<string, InlineResourceType[]>();
  readonly #namespaces = new Map<string, string>();

  /** @throws Error where two definitions claim one type, or an inline child's parent is inline itself */
  constructor(types: readonly ResourceType[]) {
    for (const type of types) {
      const key = type.type.toLowerCase();
      if (this.#types.has(key)) throw new Error(`Two definitions of the resource type ${type.type}.`);
      this.#types.set(key, type);
      const namespace = type.type.split("/")[0] ?? "";
      this.#namespaces.set(namespace.toLowerCase(), namespace);
    }
    for (const type of types) {
      if (isInline(type)) this.#addInline(type);
    }
  }

  get(type: string): ResourceType | undefined {
    return this.#types.get(type.toLowerCase());
  }

  /** The namespace in Azure's casing; undefined where nothing of it is modelled. */
  namespace(name: string): string | undefined {
    return this.#namespaces.get(name.toLowerCase());
  }

  all(): readonly ResourceType[] {
    return [...this.#types.values()];
  }

  /** The types stored inside documents of this type. */
  inlineOf(type: string): readonly InlineResourceType[] {
    return this.#inlineByParent.get(type.toLowerCase()) ?? [];
  }

  /** The parent's definition of a nested type, if it is a modelled resource. */
  parentOf(type: ResourceType): ResourceType | undefined {
    const segments = type.type.split("/");
    return segments.length <= 2 ? undefined : this.get(segments.slice(0, -1).join("/"));
  }

  #addInline(type: InlineResourceType): void {
    const parent = this.parentOf(type);
    if (parent === undefined || isInline(parent)) {
      throw new Error(`The inline type ${type.type} needs a parent type that is stored on its own.`);
    }
    const key = parent.type.toLowerCase();
    this.#inlineByParent.set(key, [...(this.#inlineByParent.get(key) ?? []), type]);
  }
}

/** True where resources of the type are stored inside their parent's document. */
export function isInline(type: ResourceType): type is InlineResourceType {
  return type.inline !== undefined;
}

/** The last segment of a type: `subnets`. */
export function lastSegment(type: ResourceType): string {
  return type.type.slice(type.type.lastIndexOf("/") + 1);
}
