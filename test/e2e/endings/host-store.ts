import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Orchestrations, activities and timers that a Functions host which has ended would still have to do. */
export function unfinishedWork(dataFolder: string): string[] {
  const database = new DatabaseSync(join(dataFolder, "host", "functions-host.db"));
  try {
    const texts = (sql: string) =>
      database
        .prepare(sql)
        .all()
        .map((row) => String(row.what));
    return [
      ...texts("SELECT id || ' ' || status AS what FROM instance WHERE status <> 'Completed'"),
      ...texts("SELECT instance_id || ' ' || name AS what FROM activity"),
      ...texts("SELECT instance_id || ' timer ' || task_id AS what FROM timer"),
      ...texts("SELECT instance_id || ' message ' || seq AS what FROM inbox"),
    ];
  } finally {
    database.close();
  }
}
