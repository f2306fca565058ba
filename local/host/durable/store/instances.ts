import { randomUUID } from "node:crypto";
import { eventType, type HistoryEvent, isFinished, type RuntimeStatus } from "../protocol.ts";
import { initialTurnState, type TurnState } from "../turn-state.ts";
import type { Database } from "./database.ts";
import { post } from "./inbox.ts";

/** The task of another instance that waits for this one. */
export interface ParentTask {
  instanceId: string;
  executionId: string;
  taskId: number;
}

/** An instance of an orchestration; times in epoch milliseconds, texts are JSON. */
export interface Instance {
  id: string;
  /** Changes when the instance continues as new or its id is used again. */
  executionId: string;
  /** Of the orchestrator function. */
  name: string;
  status: RuntimeStatus;
  input: string;
  output: string | null;
  customStatus: string | null;
  createdAt: number;
  updatedAt: number;
  /** Time of the latest turn: the orchestrator's clock never goes back. */
  clock: number;
  turnState: TurnState;
  parent: ParentTask | undefined;
}

interface InstanceRow {
  id: string;
  execution_id: string;
  name: string;
  status: RuntimeStatus;
  input: string;
  output: string | null;
  custom_status: string | null;
  created_at: number;
  updated_at: number;
  clock: number;
  turn_state: string;
  parent_instance_id: string | null;
  parent_execution_id: string | null;
  parent_task_id: number | null;
}

/** What starts an instance. */
export interface NewInstance {
  id: string;
  name: string;
  /** JSON text. */
  input: string;
  parent?: ParentTask;
}

/** Reads one instance. */
export function readInstance(database: Database, id: string): Instance | undefined {
  const row = database.prepare("SELECT * FROM instance WHERE id = ?").get(id);
  return row && toInstance(row as unknown as InstanceRow);
}

/**
 * Creates an instance and its first message; one that is over gives up its id. To be called inside a transaction.
 * @returns false where an instance that is not over has the id
 */
export function createInstance(database: Database, { id, name, input, parent }: NewInstance, now: number): boolean {
  const existing = readInstance(database, id);
  if (existing && !isFinished(existing.status)) {
    return false;
  }
  deleteInstance(database, id);
  const executionId = randomUUID();
  database
    .prepare(
      `INSERT INTO instance (id, execution_id, name, status, input, created_at, updated_at, clock, turn_state,
         parent_instance_id, parent_execution_id, parent_task_id) VALUES (?, ?, ?, 'Pending', ?, ?, ?, 0, ?, ?, ?, ?)`,
    )
    .run(
      id,
      executionId,
      name,
      input,
      now,
      now,
      JSON.stringify(initialTurnState),
      parent?.instanceId ?? null,
      parent?.executionId ?? null,
      parent?.taskId ?? null,
    );
  postStart(database, id, executionId, name, input, now);
  return true;
}

/** Posts the event with which an execution begins. */
export function postStart(
  database: Database,
  id: string,
  executionId: string,
  name: string,
  input: string,
  now: number,
): void {
  const event: HistoryEvent = {
    EventType: eventType.ExecutionStarted,
    EventId: -1,
    Timestamp: new Date(now).toISOString(),
    IsPlayed: false,
    Name: name,
    Input: input,
    Version: "",
  };
  post(database, id, executionId, { kind: "event", event });
}

/** Forgets an instance. What its activities still bring in is discarded. @returns whether it existed */
export function deleteInstance(database: Database, id: string): boolean {
  for (const table of ["history", "inbox", "timer"]) {
    database.prepare(`DELETE FROM ${table} WHERE instance_id = ?`).run(id);
  }
  return database.prepare("DELETE FROM instance WHERE id = ?").run(id).changes === 1;
}

/** The history of an instance, oldest first, each event as JSON text. */
export function readHistory(database: Database, id: string): string[] {
  const rows = database.prepare("SELECT event FROM history WHERE instance_id = ? ORDER BY seq").all(id);
  return (rows as unknown as { event: string }[]).map(({ event }) => event);
}

/** Which instances are meant; absent = no restriction. */
export interface InstanceFilter {
  /** Epoch milliseconds, inclusive. */
  createdFrom?: number;
  createdTo?: number;
  statuses?: string[];
  idPrefix?: string;
  /** Only ids that come after this one. */
  afterId?: string;
  /** At most so many. */
  limit?: number;
}

/** Lists instances by their id. */
export function listInstances(database: Database, filter: InstanceFilter): Instance[] {
  const { createdFrom = 0, createdTo = Number.MAX_SAFE_INTEGER, statuses, idPrefix = "", afterId = "" } = filter;
  const rows = database
    .prepare(
      `SELECT * FROM instance WHERE created_at BETWEEN ? AND ? AND id > ? AND substr(id, 1, ?) = ?
         AND (? OR status IN (SELECT value FROM json_each(?))) ORDER BY id LIMIT ?`,
    )
    .all(
      createdFrom,
      createdTo,
      afterId,
      [...idPrefix].length,
      idPrefix,
      statuses ? 0 : 1,
      JSON.stringify(statuses ?? []),
      filter.limit ?? -1,
    );
  return (rows as unknown as InstanceRow[]).map(toInstance);
}

function toInstance(row: InstanceRow): Instance {
  const { parent_instance_id, parent_execution_id, parent_task_id } = row;
  const hasParent = parent_instance_id !== null && parent_execution_id !== null && parent_task_id !== null;
  return {
    id: row.id,
    executionId: row.execution_id,
    name: row.name,
    status: row.status,
    input: row.input,
    output: row.output,
    customStatus: row.custom_status,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    clock: row.clock,
    turnState: JSON.parse(row.turn_state) as TurnState,
    parent: hasParent
      ? { instanceId: parent_instance_id, executionId: parent_execution_id, taskId: parent_task_id }
      : undefined,
  };
}
