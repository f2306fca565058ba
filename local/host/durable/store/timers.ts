import { eventType } from "../protocol.ts";
import { type Database, inTransaction } from "./database.ts";
import { post } from "./inbox.ts";

/** When the next timer is due, in epoch milliseconds. */
export function nextTimerAt(database: Database): number | undefined {
  const row = database.prepare("SELECT min(fire_at) AS at FROM timer").get() as unknown as { at: number | null };
  return row.at ?? undefined;
}

/** Turns every timer that is due into an event of its instance. @returns the instances */
export function fireTimers(database: Database, now: number): string[] {
  return inTransaction(database, () => {
    const due = database
      .prepare("DELETE FROM timer WHERE fire_at <= ? RETURNING instance_id, execution_id, task_id, fire_at")
      .all(now) as unknown as { instance_id: string; execution_id: string; task_id: number; fire_at: number }[];
    due.sort((one, other) => one.fire_at - other.fire_at || one.task_id - other.task_id);
    for (const timer of due) {
      const event = {
        EventType: eventType.TimerFired,
        EventId: -1,
        Timestamp: new Date(now).toISOString(),
        IsPlayed: false,
        TimerId: timer.task_id,
        FireAt: new Date(timer.fire_at).toISOString(),
      };
      post(database, timer.instance_id, timer.execution_id, { kind: "event", event });
    }
    return due.map(({ instance_id }) => instance_id);
  });
}
