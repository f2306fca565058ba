import type { HistoryEvent } from "../protocol.ts";
import type { Database } from "./database.ts";

/** What waits for an instance's next turn. */
export type InboxMessage =
  | { kind: "event"; event: HistoryEvent }
  | { kind: "terminate" | "suspend" | "resume"; reason: string };

/** A message in its place; the older the smaller `seq`. */
export interface InboxEntry {
  seq: number;
  /** The execution it is for; null = whichever runs. */
  executionId: string | null;
  message: InboxMessage;
}

/** Puts a message into an instance's inbox. @param executionId null = for whichever execution runs then */
export function post(database: Database, instanceId: string, executionId: string | null, message: InboxMessage): void {
  database
    .prepare("INSERT INTO inbox (instance_id, execution_id, message) VALUES (?, ?, ?)")
    .run(instanceId, executionId, JSON.stringify(message));
}

/** Everything that waits for an instance, oldest first. */
export function readInbox(database: Database, instanceId: string): InboxEntry[] {
  const rows = database
    .prepare("SELECT seq, execution_id, message FROM inbox WHERE instance_id = ? ORDER BY seq")
    .all(instanceId) as unknown as { seq: number; execution_id: string | null; message: string }[];
  return rows.map((row) => ({ seq: row.seq, executionId: row.execution_id, message: JSON.parse(row.message) }));
}

/** Takes messages out. */
export function consume(database: Database, entries: InboxEntry[]): void {
  const remove = database.prepare("DELETE FROM inbox WHERE seq = ?");
  for (const { seq } of entries) {
    remove.run(seq);
  }
}

/** The instances for which something waits: where a restarted host takes up its work. */
export function instancesWithMail(database: Database): string[] {
  const rows = database.prepare("SELECT DISTINCT instance_id FROM inbox ORDER BY seq").all();
  return (rows as unknown as { instance_id: string }[]).map(({ instance_id }) => instance_id);
}
