import type { StatementSync } from "node:sqlite";
import type { Readable } from "node:stream";
import { Readable as ReadableStream } from "node:stream";
import type { Database } from "../store/database.ts";

/** One call, as the control plane shows it. */
export interface RecordedCall {
  readonly time: string;
  readonly method: string;
  /** Path and query as they were sent. */
  readonly url: string;
  readonly apiVersion: string | null;
  /** Object id of the calling principal. */
  readonly caller: string | null;
  /** The Azure RBAC action that was asked for. */
  readonly action: string | null;
  readonly body: unknown;
  /** 0 where no answer was given (connection dropped). */
  readonly status: number;
  readonly durationMs: number;
}

const kept = 300_000;
const trimEvery = 10_000;

/** The record of calls: on disk, so that memory stays small; the oldest go once there are more than 300,000. */
export class RecordedTraffic {
  readonly #database: Database;
  readonly #insert: StatementSync;
  #sinceTrim = 0;

  constructor(database: Database) {
    this.#database = database;
    database.sqlite.exec("PRAGMA synchronous = OFF");
    database.sqlite.exec(
      "CREATE TABLE IF NOT EXISTS calls (number INTEGER PRIMARY KEY AUTOINCREMENT, call TEXT NOT NULL)",
    );
    this.#insert = database.sqlite.prepare("INSERT INTO calls (call) VALUES (?)");
  }

  add(call: RecordedCall): void {
    this.#insert.run(JSON.stringify(call));
    this.#sinceTrim += 1;
    if (this.#sinceTrim < trimEvery) return;
    this.#sinceTrim = 0;
    this.#database.sqlite.exec(`DELETE FROM calls WHERE number <= (SELECT MAX(number) FROM calls) - ${kept}`);
  }

  /** `{"value": […]}`, oldest first, piece by piece. */
  stream(): Readable {
    return ReadableStream.from(this.#pieces());
  }

  clear(): void {
    this.#database.sqlite.exec("DELETE FROM calls");
  }

  *#pieces(): Generator<string> {
    yield '{"value":[';
    let after = 0;
    const next = this.#database.sqlite.prepare(
      "SELECT number, call FROM calls WHERE number > ? ORDER BY number LIMIT 1000",
    );
    for (let rows = next.all(after); rows.length > 0; rows = next.all(after)) {
      const joined = rows.map((row) => String(row.call)).join(",");
      yield after === 0 ? joined : `,${joined}`;
      after = Number(rows.at(-1)?.number);
    }
    yield "]}";
  }
}
