import type { ProvisioningState, Resource } from "../resource.ts";

/** What is kept of an inline child beside its entry in the parent's body. */
export interface ChildState {
  readonly provisioningState: ProvisioningState;
  readonly lastOperation: string;
}

/** A resource with a row of its own; inline children live in its body. */
export interface StoredResource extends Resource {
  /** By `{property}/{name}` in lower case. */
  readonly children: Readonly<Record<string, ChildState>>;
  readonly createdAt: string;
}

/** The key of a child's state in its parent. */
export function childKey(property: string, name: string): string {
  return `${property}/${name}`.toLowerCase();
}
