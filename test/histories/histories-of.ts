import { DatabaseSync } from "node:sqlite";
import type { HistoryEvent } from "../../local/host/durable/protocol.ts";
import type { RecordedHistory } from "./history-file.ts";

interface InstanceRow {
  readonly id: string;
  readonly execution_id: string;
  readonly name: string;
  readonly parent_instance_id: string | null;
  readonly input: string;
  readonly output: string | null;
}

/** The histories of runs and of all orchestrations that they started, out of a Functions host's database. */
export function historiesOf(file: string, runs: readonly string[]): RecordedHistory[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database.prepare("SELECT * FROM instance ORDER BY created_at, id").all() as unknown as InstanceRow[];
    const family = (id: string): InstanceRow[] => [
      ...rows.filter((row) => row.id === id),
      ...rows.filter((row) => row.parent_instance_id === id).flatMap((row) => family(row.id)),
    ];
    return runs.flatMap(family).map((row) => ({
      id: row.id,
      executionId: row.execution_id,
      orchestrator: row.name,
      parentId: row.parent_instance_id,
      input: row.input,
      output: row.output,
      events: (
        database.prepare("SELECT event FROM history WHERE instance_id = ? ORDER BY seq").all(row.id) as unknown as {
          event: string;
        }[]
      ).map(({ event }) => withoutStack(JSON.parse(event) as HistoryEvent)),
    }));
  } finally {
    database.close();
  }
}

/** Where in the code a task failed is of no use to a replay, and names the folder of who recorded it. */
function withoutStack(event: HistoryEvent): HistoryEvent {
  return event.Details === undefined ? event : { ...event, Details: event.Details.split("\n", 1)[0] ?? "" };
}
