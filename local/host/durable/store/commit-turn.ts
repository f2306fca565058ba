import { randomUUID } from "node:crypto";
import { eventType, type HistoryEvent, type RuntimeStatus, toJson } from "../protocol.ts";
import { type Effect, initialTurnState, type Outcome, type TurnState } from "../turn-state.ts";
import { type Database, inTransaction } from "./database.ts";
import { sendToEntity } from "./entities.ts";
import { consume, type InboxEntry, post } from "./inbox.ts";
import { createInstance, type Instance, type ParentTask, postStart } from "./instances.ts";

/** Everything one turn of an orchestrator changes. */
export interface TurnCommit {
  instance: Instance;
  consumed: InboxEntry[];
  history: HistoryEvent[];
  state: TurnState;
  effects: Effect[];
  outcome: Outcome | { kind: "terminated"; reason: string } | { kind: "suspended" };
  /** JSON text; null = as it was. */
  customStatus: string | null;
  /** Epoch milliseconds. */
  now: number;
}

/** Who has something to do now. */
export interface Woken {
  instances: string[];
  entities: string[];
  activities: boolean;
  timers: boolean;
}

const statusOf: Record<TurnCommit["outcome"]["kind"], RuntimeStatus> = {
  running: "Running",
  continuedAsNew: "Running",
  suspended: "Suspended",
  completed: "Completed",
  failed: "Failed",
  terminated: "Terminated",
};

/** Makes a turn lasting: all of it in one transaction, so that each step of an instance happens exactly once. */
export function commitTurn(database: Database, commit: TurnCommit): Woken {
  const { instance, outcome, now } = commit;
  return inTransaction(database, () => {
    consume(database, commit.consumed);
    const woken: Woken = {
      instances: [],
      entities: [],
      activities: commit.effects.some(({ kind }) => kind === "activity"),
      timers: commit.effects.some(({ kind }) => kind === "timer"),
    };
    for (const effect of commit.effects) {
      applyEffect(database, commit, effect, woken);
    }
    const output = outputOf(commit);
    database
      .prepare(
        `UPDATE instance SET status = ?, output = ?, custom_status = coalesce(?, custom_status), updated_at = ?,
           clock = ?, turn_state = ? WHERE id = ?`,
      )
      .run(statusOf[outcome.kind], output, commit.customStatus, now, now, JSON.stringify(commit.state), instance.id);
    if (outcome.kind === "continuedAsNew") {
      restart(database, commit, outcome.input);
      woken.instances.push(instance.id);
      return woken;
    }
    appendHistory(database, instance.id, commit.history);
    if (output !== null) {
      finish(database, commit, output, woken);
    }
    return woken;
  });
}

function applyEffect(database: Database, { instance, now }: TurnCommit, effect: Effect, woken: Woken): void {
  const { id, executionId } = instance;
  switch (effect.kind) {
    case "activity":
      database
        .prepare("INSERT INTO activity (instance_id, execution_id, task_id, name, input) VALUES (?, ?, ?, ?, ?)")
        .run(id, executionId, effect.taskId, effect.name, effect.input);
      break;
    case "subOrchestration": {
      const parent = { instanceId: id, executionId, taskId: effect.taskId };
      const created = createInstance(
        database,
        { id: effect.instanceId, name: effect.name, input: effect.input, parent },
        now,
      );
      if (!created) {
        notifyParent(database, parent, now, { reason: `An instance with the id "${effect.instanceId}" is running.` });
      }
      woken.instances.push(created ? effect.instanceId : id);
      break;
    }
    case "timer":
      database
        .prepare("INSERT INTO timer (instance_id, execution_id, task_id, fire_at) VALUES (?, ?, ?, ?)")
        .run(id, executionId, effect.taskId, Math.trunc(effect.fireAt));
      break;
    case "cancelTimer":
      database
        .prepare("DELETE FROM timer WHERE instance_id = ? AND execution_id = ? AND task_id = ?")
        .run(id, executionId, effect.taskId);
      break;
    case "entityOperation": {
      const { requestId, operation: name, input, isSignal } = effect;
      const caller = isSignal ? undefined : { instanceId: id, executionId };
      sendToEntity(database, effect.entityId, { id: requestId, name, input, isSignal, caller });
      woken.entities.push(effect.entityId);
    }
  }
}

function outputOf({ outcome, instance }: TurnCommit): string | null {
  switch (outcome.kind) {
    case "completed":
      return outcome.output;
    case "failed":
      return toJson(`Orchestrator function '${instance.name}' failed: ${outcome.reason}`);
    case "terminated":
      return toJson(outcome.reason);
    default:
      return null;
  }
}

function appendHistory(database: Database, instanceId: string, events: HistoryEvent[]): void {
  const row = database
    .prepare("SELECT coalesce(max(seq), 0) AS last FROM history WHERE instance_id = ?")
    .get(instanceId);
  const last = (row as unknown as { last: number }).last;
  const insert = database.prepare("INSERT INTO history (instance_id, seq, event) VALUES (?, ?, ?)");
  for (const [index, event] of events.entries()) {
    insert.run(instanceId, last + 1 + index, JSON.stringify({ ...event, IsPlayed: true }));
  }
}

/** Begins a new execution; messages that were not consumed stay and are seen by it where they are for any execution. */
function restart(database: Database, { instance, now }: TurnCommit, input: string): void {
  const executionId = randomUUID();
  database.prepare("DELETE FROM history WHERE instance_id = ?").run(instance.id);
  database.prepare("DELETE FROM timer WHERE instance_id = ?").run(instance.id);
  database
    .prepare("UPDATE instance SET execution_id = ?, input = ?, turn_state = ? WHERE id = ?")
    .run(executionId, input, JSON.stringify(initialTurnState), instance.id);
  postStart(database, instance.id, executionId, instance.name, input, now);
}

function finish(database: Database, { instance, outcome, now }: TurnCommit, output: string, woken: Woken): void {
  database.prepare("DELETE FROM timer WHERE instance_id = ?").run(instance.id);
  database.prepare("DELETE FROM inbox WHERE instance_id = ?").run(instance.id);
  if (instance.parent) {
    const result = outcome.kind === "completed" ? { output } : { reason: String(JSON.parse(output)) };
    notifyParent(database, instance.parent, now, result);
    woken.instances.push(instance.parent.instanceId);
  }
}

function notifyParent(
  database: Database,
  parent: ParentTask,
  now: number,
  result: { output: string } | { reason: string },
): void {
  const common = {
    EventId: -1,
    Timestamp: new Date(now).toISOString(),
    IsPlayed: false,
    TaskScheduledId: parent.taskId,
  };
  const event: HistoryEvent =
    "output" in result
      ? { ...common, EventType: eventType.SubOrchestrationInstanceCompleted, Result: result.output }
      : { ...common, EventType: eventType.SubOrchestrationInstanceFailed, Reason: result.reason, Details: "" };
  post(database, parent.instanceId, parent.executionId, { kind: "event", event });
}
