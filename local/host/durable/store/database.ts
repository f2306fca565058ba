import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

/** Times are epoch milliseconds; `input`, `output`, `event`, `message`, `state` are JSON texts. */
const schema = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS instance (
    id TEXT PRIMARY KEY, execution_id TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL,
    input TEXT NOT NULL, output TEXT, custom_status TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    clock INTEGER NOT NULL, turn_state TEXT NOT NULL,
    parent_instance_id TEXT, parent_execution_id TEXT, parent_task_id INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS history (
    instance_id TEXT NOT NULL, seq INTEGER NOT NULL, event TEXT NOT NULL, PRIMARY KEY (instance_id, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS inbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, instance_id TEXT NOT NULL, execution_id TEXT, message TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS inbox_by_instance ON inbox (instance_id, seq);
  CREATE TABLE IF NOT EXISTS activity (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, instance_id TEXT NOT NULL, execution_id TEXT NOT NULL,
    task_id INTEGER NOT NULL, name TEXT NOT NULL, input TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS timer (
    instance_id TEXT NOT NULL, execution_id TEXT NOT NULL, task_id INTEGER NOT NULL, fire_at INTEGER NOT NULL,
    PRIMARY KEY (instance_id, execution_id, task_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS timer_by_time ON timer (fire_at);
  CREATE TABLE IF NOT EXISTS entity (id TEXT PRIMARY KEY, state TEXT, updated_at INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS entity_inbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, entity_id TEXT NOT NULL, message TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS entity_inbox_by_entity ON entity_inbox (entity_id, seq);
  CREATE TABLE IF NOT EXISTS schedule (name TEXT PRIMARY KEY, status TEXT NOT NULL) STRICT;
`;

/** The database of one data folder. */
export interface Database {
  exec(sql: string): void;
  /** Prepares a statement, once for each text. */
  prepare(sql: string): StatementSync;
  close(): void;
}

/**
 * Opens the database of a data folder. The lock is exclusive: two hosts on one folder would run everything twice.
 * @throws Error "database is locked" while another host holds the folder
 */
export function openDatabase(folder: string): Database {
  mkdirSync(folder, { recursive: true });
  const database = withStatements(new DatabaseSync(join(folder, "functions-host.db")));
  database.exec("PRAGMA busy_timeout = 2000; PRAGMA locking_mode = EXCLUSIVE;");
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  database.exec(schema);
  return database;
}

function withStatements(connection: DatabaseSync): Database {
  const statements = new Map<string, StatementSync>();
  return {
    exec: (sql) => connection.exec(sql),
    prepare: (sql) => {
      const statement = statements.get(sql) ?? connection.prepare(sql);
      statements.set(sql, statement);
      return statement;
    },
    close: () => connection.close(),
  };
}

/** Runs the work in one transaction: all of it happens, or nothing. */
export function inTransaction<T>(database: Database, work: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

/** A value kept for the life of the data folder: made once, then the same again. */
export function keepValue(database: Database, key: string, make: () => string): string {
  database.prepare("INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)").run(key, make());
  return (database.prepare("SELECT value FROM meta WHERE key = ?").get(key) as { value: string }).value;
}
