import type { Resource } from "../resource.ts";
import { idKey } from "../resource-id.ts";

/** A change of the store: what stood under the id before. */
export interface StoreChange {
  readonly id: string;
  readonly before: Resource | undefined;
}

/**
 * What the store looked like a while ago: Resource Graph hears of a change some seconds after it was made. Without a
 * lag nothing is remembered.
 */
export class StoreHistory {
  #lagMilliseconds = 0;
  #changes: (StoreChange & { readonly at: number })[] = [];

  /** @param seconds how far Resource Graph is behind from now on; what was changed before is seen */
  setLag(seconds: number): void {
    this.#lagMilliseconds = seconds * 1000;
    if (seconds === 0) this.#changes = [];
  }

  note(change: StoreChange, now = Date.now()): void {
    if (this.#lagMilliseconds === 0) return;
    this.#forget(now);
    this.#changes.push({ ...change, at: now });
  }

  /** By key: what Resource Graph still sees of what has changed since; undefined for what it does not see yet. */
  seen(now = Date.now()): ReadonlyMap<string, Resource | undefined> {
    this.#forget(now);
    const before = new Map<string, Resource | undefined>();
    for (const { id, before: resource } of this.#changes) {
      const key = idKey(id);
      if (!before.has(key)) before.set(key, resource);
    }
    return before;
  }

  clear(): void {
    this.setLag(0);
  }

  #forget(now: number): void {
    const since = now - this.#lagMilliseconds;
    const first = this.#changes.findIndex(({ at }) => at > since);
    this.#changes = first === -1 ? [] : this.#changes.slice(first);
  }
}
