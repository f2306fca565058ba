import { eventType, type HistoryEvent } from "../protocol.ts";
import { type Database, inTransaction } from "./database.ts";
import { post } from "./inbox.ts";

/** An operation on its way to an entity. */
export interface EntityMessage {
  id: string;
  /** Of the operation. */
  name: string;
  /** JSON text, or empty. */
  input: string;
  isSignal: boolean;
  /** Who waits for the result of a call. */
  caller?: { instanceId: string; executionId: string } | undefined;
}

/** An entity with what waits for it; `state` is JSON text. */
export interface EntityWork {
  exists: boolean;
  state: string | null;
  batch: { seq: number; message: EntityMessage }[];
}

/** What one batch of operations changes. */
export interface EntityCommit {
  entityId: string;
  batch: EntityWork["batch"];
  exists: boolean;
  state: string | null;
  replies: { to: EntityMessage; result: string | undefined; isError: boolean }[];
  signals: { entityId: string; message: EntityMessage }[];
  /** Epoch milliseconds. */
  now: number;
}

/** The address of an entity: its name in lower case. */
export function entityAddress(name: string, key: string): string {
  return `@${name.toLowerCase()}@${key}`;
}

/** The parts of an entity's address. */
export function parseEntityAddress(id: string): { name: string; key: string } {
  const at = id.indexOf("@", 1);
  return { name: id.slice(1, at), key: id.slice(at + 1) };
}

/** Puts an operation into an entity's inbox. */
export function sendToEntity(database: Database, entityId: string, message: EntityMessage): void {
  database
    .prepare("INSERT INTO entity_inbox (entity_id, message) VALUES (?, ?)")
    .run(entityId, JSON.stringify(message));
}

/** Reads the state of an entity: undefined = it does not exist. */
export function readEntity(database: Database, id: string): { state: string | null; updatedAt: number } | undefined {
  const row = database.prepare("SELECT state, updated_at AS updatedAt FROM entity WHERE id = ?").get(id);
  return row as unknown as { state: string | null; updatedAt: number } | undefined;
}

/** Lists entities by their address. @param name absent = of every name */
export function listEntities(
  database: Database,
  name?: string,
): { id: string; state: string | null; updatedAt: number }[] {
  const prefix = name === undefined ? "@" : entityAddress(name, "");
  const rows = database
    .prepare("SELECT id, state, updated_at AS updatedAt FROM entity WHERE substr(id, 1, ?) = ? ORDER BY id")
    .all([...prefix].length, prefix);
  return rows as unknown as { id: string; state: string | null; updatedAt: number }[];
}

/** Reads an entity and what waits for it, oldest first, at most so many operations. */
export function loadEntityWork(database: Database, id: string, most: number): EntityWork {
  const rows = database
    .prepare("SELECT seq, message FROM entity_inbox WHERE entity_id = ? ORDER BY seq LIMIT ?")
    .all(id, most) as unknown as { seq: number; message: string }[];
  const entity = readEntity(database, id);
  return {
    exists: entity !== undefined,
    state: entity?.state ?? null,
    batch: rows.map(({ seq, message }) => ({ seq, message: JSON.parse(message) as EntityMessage })),
  };
}

/** Makes a batch lasting in one transaction: state, answers and signals together. @returns whom it woke */
export function commitEntity(database: Database, commit: EntityCommit): { instances: string[]; entities: string[] } {
  return inTransaction(database, () => {
    const remove = database.prepare("DELETE FROM entity_inbox WHERE seq = ?");
    for (const { seq } of commit.batch) {
      remove.run(seq);
    }
    if (commit.exists) {
      database
        .prepare("INSERT OR REPLACE INTO entity (id, state, updated_at) VALUES (?, ?, ?)")
        .run(commit.entityId, commit.state, commit.now);
    } else {
      database.prepare("DELETE FROM entity WHERE id = ?").run(commit.entityId);
    }
    const instances = commit.replies.flatMap(({ to, result, isError }) => {
      if (!to.caller) {
        return [];
      }
      const event: HistoryEvent = {
        EventType: eventType.EventRaised,
        EventId: -1,
        Timestamp: new Date(commit.now).toISOString(),
        IsPlayed: false,
        Name: to.id,
        Input: JSON.stringify(isError ? { result, exceptionType: "EntityOperationError" } : { result }),
      };
      post(database, to.caller.instanceId, to.caller.executionId, { kind: "event", event });
      return [to.caller.instanceId];
    });
    for (const { entityId, message } of commit.signals) {
      sendToEntity(database, entityId, message);
    }
    return { instances, entities: commit.signals.map(({ entityId }) => entityId) };
  });
}

/** The entities for which something waits: where a restarted host takes up its work. */
export function entitiesWithMail(database: Database): string[] {
  const rows = database.prepare("SELECT DISTINCT entity_id FROM entity_inbox").all();
  return (rows as unknown as { entity_id: string }[]).map(({ entity_id }) => entity_id);
}
