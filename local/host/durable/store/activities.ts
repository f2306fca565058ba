import type { HistoryEvent } from "../protocol.ts";
import { type Database, inTransaction } from "./database.ts";
import { post } from "./inbox.ts";

/** An activity that is to run or runs. */
export interface PendingActivity {
  seq: number;
  instanceId: string;
  executionId: string;
  taskId: number;
  name: string;
  /** The text it is given: JSON. */
  input: string;
}

/** The oldest pending activities after the given one; 0 = from the start, which is how a restarted host takes up. */
export function nextActivities(database: Database, afterSeq: number, limit: number): PendingActivity[] {
  const rows = database
    .prepare(
      `SELECT seq, instance_id AS instanceId, execution_id AS executionId, task_id AS taskId, name, input
         FROM activity WHERE seq > ? ORDER BY seq LIMIT ?`,
    )
    .all(afterSeq, limit);
  return rows as unknown as PendingActivity[];
}

/**
 * Records how an activity ended, once: only who removes the pending activity tells the instance.
 * @returns whether this call was the one
 */
export function finishActivity(database: Database, activity: PendingActivity, event: HistoryEvent): boolean {
  return inTransaction(database, () => {
    const removed = database.prepare("DELETE FROM activity WHERE seq = ?").run(activity.seq).changes === 1;
    if (removed) {
      post(database, activity.instanceId, activity.executionId, { kind: "event", event });
    }
    return removed;
  });
}
