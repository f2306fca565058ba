import type { StatementSync } from "node:sqlite";
import type { Database } from "../store/database.ts";

/** A call that a webhook received. */
export interface ReceivedWebhook {
  readonly time: string;
  readonly name: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

const kept = 10_000;

/** What the webhooks received, on disk; the oldest go once there are more than 10,000. */
export class ReceivedWebhooks {
  readonly #database: Database;
  readonly #insert: StatementSync;

  constructor(database: Database) {
    this.#database = database;
    database.sqlite.exec("CREATE TABLE IF NOT EXISTS webhooks (number INTEGER PRIMARY KEY AUTOINCREMENT, call TEXT)");
    this.#insert = database.sqlite.prepare("INSERT INTO webhooks (call) VALUES (?)");
  }

  add(call: ReceivedWebhook): void {
    const { lastInsertRowid } = this.#insert.run(JSON.stringify(call));
    this.#database.sqlite.prepare("DELETE FROM webhooks WHERE number <= ?").run(Number(lastInsertRowid) - kept);
  }

  /** Oldest first; those of one webhook, where it is named. */
  list(name?: string): readonly ReceivedWebhook[] {
    const rows = this.#database.sqlite.prepare("SELECT call FROM webhooks ORDER BY number").all();
    const calls = rows.map((row) => JSON.parse(String(row.call)) as ReceivedWebhook);
    return name === undefined ? calls : calls.filter((call) => call.name === name);
  }

  /** Forgets all, or those of one webhook. */
  clear(name?: string): void {
    if (name === undefined) this.#database.sqlite.exec("DELETE FROM webhooks");
    else this.#database.sqlite.prepare("DELETE FROM webhooks WHERE json_extract(call, '$.name') = ?").run(name);
  }
}
