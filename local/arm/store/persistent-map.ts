import type { StatementSync } from "node:sqlite";
import type { Database } from "./database.ts";

/**
 * A map held in memory and written through to a table of its own: reads cost nothing, and a new process finds what the
 * last one wrote. Values must be JSON and are replaced, never changed in place.
 */
export class PersistentMap<T> {
  readonly #values = new Map<string, T>();
  readonly #upsert: StatementSync;
  readonly #remove: StatementSync;
  readonly #clear: StatementSync;

  /** @param table name of the table: a plain identifier */
  constructor(database: Database, table: string) {
    const { sqlite } = database;
    sqlite.exec(`CREATE TABLE IF NOT EXISTS ${table} (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`);
    this.#upsert = sqlite.prepare(
      `INSERT INTO ${table} (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    );
    this.#remove = sqlite.prepare(`DELETE FROM ${table} WHERE key = ?`);
    this.#clear = sqlite.prepare(`DELETE FROM ${table}`);
    for (const row of sqlite.prepare(`SELECT key, value FROM ${table}`).all()) {
      this.#values.set(String(row.key), JSON.parse(String(row.value)) as T);
    }
  }

  get size(): number {
    return this.#values.size;
  }

  get(key: string): T | undefined {
    return this.#values.get(key);
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  set(key: string, value: T): void {
    this.#upsert.run(key, JSON.stringify(value));
    this.#values.set(key, value);
  }

  delete(key: string): void {
    this.#remove.run(key);
    this.#values.delete(key);
  }

  clear(): void {
    this.#clear.run();
    this.#values.clear();
  }

  values(): IterableIterator<T> {
    return this.#values.values();
  }

  entries(): IterableIterator<[string, T]> {
    return this.#values.entries();
  }
}
