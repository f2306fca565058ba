import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * The SQLite file that keeps everything local Azure knows. Write-ahead logging with `synchronous = NORMAL`: what is
 * committed survives the death of the process at any moment.
 */
export class Database {
  readonly #sqlite: DatabaseSync;
  #depth = 0;

  /** Opens or makes `{folder}/{file}`. */
  constructor(folder: string, file: string) {
    mkdirSync(folder, { recursive: true });
    this.#sqlite = new DatabaseSync(join(folder, file));
    this.#sqlite.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;");
  }

  get sqlite(): DatabaseSync {
    return this.#sqlite;
  }

  /** Runs synchronous writes so that all or none of them survive a crash. */
  transaction<T>(work: () => T): T {
    if (this.#depth > 0) return work();
    this.#sqlite.exec("BEGIN IMMEDIATE");
    this.#depth += 1;
    try {
      const result = work();
      this.#sqlite.exec("COMMIT");
      return result;
    } catch (error) {
      this.#sqlite.exec("ROLLBACK");
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  close(): void {
    this.#sqlite.close();
  }
}
