import { idKey } from "../resource-id.ts";
import type { Database } from "../store/database.ts";
import { PersistentMap } from "../store/persistent-map.ts";
import type { Operation } from "./operation.ts";

const keptAfterEnd = 20_000;

/** All operations that run, and the last ones that ended. */
export class OperationStore {
  readonly #operations: PersistentMap<Operation>;
  readonly #running = new Map<string, Operation>();
  readonly #ended: string[] = [];

  constructor(database: Database) {
    this.#operations = new PersistentMap(database, "operations");
    for (const operation of this.#operations.values()) {
      if (operation.status === "InProgress") this.#running.set(operation.id, operation);
      else this.#ended.push(operation.id);
    }
  }

  get(id: string): Operation | undefined {
    return this.#operations.get(id.toLowerCase());
  }

  running(): readonly Operation[] {
    return [...this.#running.values()];
  }

  /** The running operations that keep one of the ids busy. */
  busyWith(ids: readonly string[]): readonly Operation[] {
    const keys = new Set(ids.map(idKey));
    return this.running().filter((operation) => operation.domains.some((domain) => keys.has(domain)));
  }

  put(operation: Operation): void {
    this.#operations.set(operation.id, operation);
    if (operation.status === "InProgress") {
      this.#running.set(operation.id, operation);
      return;
    }
    this.#running.delete(operation.id);
    this.#ended.push(operation.id);
    while (this.#ended.length > keptAfterEnd) this.#operations.delete(this.#ended.shift() ?? "");
  }

  clear(): void {
    this.#operations.clear();
    this.#running.clear();
    this.#ended.length = 0;
  }
}
