import type { StatementSync } from "node:sqlite";
import type { Database } from "../store/database.ts";
import type { Delivery } from "./delivery.ts";

const kept = 20_000;
const trimEvery = 1000;

/** Deliveries, in the database of the resources: an event is stored in the transaction that ends its change. */
export class DeliveryStore {
  readonly #database: Database;
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #due: StatementSync;
  readonly #next: StatementSync;
  readonly #all: StatementSync;
  #sinceTrim = 0;

  constructor(database: Database) {
    this.#database = database;
    const { sqlite } = database;
    sqlite.exec(
      `CREATE TABLE IF NOT EXISTS deliveries (number INTEGER PRIMARY KEY AUTOINCREMENT, due REAL, delivery TEXT NOT NULL);
       CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (due) WHERE due IS NOT NULL`,
    );
    this.#insert = sqlite.prepare("INSERT INTO deliveries (due, delivery) VALUES (?, ?)");
    this.#update = sqlite.prepare("UPDATE deliveries SET due = ?, delivery = ? WHERE number = ?");
    this.#due = sqlite.prepare("SELECT number, delivery FROM deliveries WHERE due <= ? ORDER BY due, number LIMIT ?");
    this.#next = sqlite.prepare("SELECT MIN(due) AS due FROM deliveries WHERE due IS NOT NULL");
    this.#all = sqlite.prepare("SELECT number, delivery FROM deliveries ORDER BY number");
  }

  add(delivery: Omit<Delivery, "number">): void {
    this.#insert.run(delivery.dueAt, JSON.stringify(delivery));
    this.#sinceTrim += 1;
    if (this.#sinceTrim < trimEvery) return;
    this.#sinceTrim = 0;
    this.#database.sqlite.exec(
      `DELETE FROM deliveries WHERE due IS NULL AND number <= (SELECT MAX(number) FROM deliveries) - ${kept}`,
    );
  }

  update(delivery: Delivery): void {
    this.#update.run(delivery.dueAt, JSON.stringify(delivery), delivery.number);
  }

  /** What is due at a time, the longest due first. */
  due(at: number, most: number): readonly Delivery[] {
    return this.#due.all(at, most).map(read);
  }

  /** When the next one is due; undefined where none waits. */
  nextDue(): number | undefined {
    const due = this.#next.get()?.due;
    return typeof due === "number" ? due : undefined;
  }

  /** All that are kept, oldest first. */
  all(): readonly Delivery[] {
    return this.#all.all().map(read);
  }

  clear(): void {
    this.#database.sqlite.exec("DELETE FROM deliveries");
  }
}

function read(row: Record<string, unknown>): Delivery {
  return { ...(JSON.parse(String(row.delivery)) as Delivery), number: Number(row.number) };
}
