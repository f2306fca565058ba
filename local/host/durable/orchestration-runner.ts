import type { FunctionRegistry, RegisteredFunction } from "../core/function-registry.ts";
import type { Invoke } from "../core/invoker.ts";
import { parseFailure, parseReply } from "./orchestrator-reply.ts";
import { settleTurn } from "./orchestrator-turn.ts";
import { eventType, type HistoryEvent, isFinished, type OrchestratorReply, toJson } from "./protocol.ts";
import { replayInput } from "./replay-input.ts";
import { scheduledEvent } from "./scheduled-event.ts";
import { commitTurn, type TurnCommit, type Woken } from "./store/commit-turn.ts";
import type { Database } from "./store/database.ts";
import { consume, type InboxEntry, readInbox } from "./store/inbox.ts";
import { type Instance, readHistory, readInstance } from "./store/instances.ts";
import { type AcceptedEvents, acceptEvents } from "./task-retries.ts";
import type { Effect, Outcome } from "./turn-state.ts";

/** What running turns needs. */
export interface OrchestrationRunner {
  database: Database;
  registry: FunctionRegistry;
  invoke: Invoke;
  onFailed(instance: Instance, reason: string): void;
  /** The instance is over while timers of its own are open. */
  onTimersLeft(instance: Instance): void;
}

type EventEntry = InboxEntry & { message: { kind: "event"; event: HistoryEvent } };

const nobody: Woken = { instances: [], entities: [], activities: false, timers: false };

/** Runs one turn of an instance where something waits for it. @returns whom it woke, the instance itself included */
export async function runTurn(runner: OrchestrationRunner, id: string): Promise<Woken> {
  const { database } = runner;
  const inbox = readInbox(database, id);
  const instance = readInstance(database, id);
  if (inbox.length === 0) {
    return nobody;
  }
  if (!instance || isFinished(instance.status)) {
    consume(database, inbox);
    return nobody;
  }
  const control = controlOf(instance, inbox);
  if (control.outcome.kind === "suspended" && control.consumed.length === 0) {
    return nobody;
  }
  if (control.outcome.kind !== "running") {
    return commitTurn(database, { ...unchanged(instance), ...control });
  }
  const { stale, events } = sortEvents(instance, inbox);
  if (events.length === 0) {
    return commitTurn(database, { ...unchanged(instance), consumed: [...control.consumed, ...stale] });
  }
  const { commit, taken } = await turnOf(runner, instance, events);
  const woken = commitTurn(database, {
    ...commit,
    consumed: [...control.consumed, ...stale, ...events.slice(0, taken)],
  });
  return taken < events.length ? { ...woken, instances: [...woken.instances, id] } : woken;
}

/** A commit that leaves an instance as it is, and running. */
function unchanged(instance: Instance): TurnCommit {
  const now = Math.max(Date.now(), instance.clock);
  const outcome = { kind: "running" } as const;
  return {
    instance,
    consumed: [],
    history: [],
    state: instance.turnState,
    effects: [],
    outcome,
    customStatus: null,
    now,
  };
}

/** What was said from outside: terminated at once; the last of suspend and resume holds, while events wait. */
function controlOf(instance: Instance, inbox: InboxEntry[]): Pick<TurnCommit, "consumed" | "outcome"> {
  const consumed = inbox.filter(({ message }) => message.kind !== "event");
  let suspended = instance.status === "Suspended";
  for (const { message } of consumed) {
    if (message.kind === "terminate") {
      return { consumed, outcome: { kind: "terminated", reason: message.reason } };
    }
    suspended = message.kind === "suspend";
  }
  return { consumed, outcome: { kind: suspended ? "suspended" : "running" } };
}

/** Events of earlier executions are of no use any more; the event that starts an execution is its first. */
function sortEvents(instance: Instance, inbox: InboxEntry[]): { stale: InboxEntry[]; events: EventEntry[] } {
  const entries = inbox.filter((entry): entry is EventEntry => entry.message.kind === "event");
  const isCurrent = ({ executionId }: InboxEntry) => executionId === null || executionId === instance.executionId;
  const isStart = ({ message }: EventEntry) => message.event.EventType === eventType.ExecutionStarted;
  const current = entries.filter(isCurrent);
  return {
    stale: entries.filter((entry) => !isCurrent(entry)),
    events: [...current.filter(isStart), ...current.filter((entry) => !isStart(entry))],
  };
}

/** Replays the orchestrator with the events that can be taken together. */
async function turnOf(
  runner: OrchestrationRunner,
  instance: Instance,
  entries: EventEntry[],
): Promise<{ commit: TurnCommit; taken: number }> {
  const waiting = entries.map(({ message }) => message.event);
  const context = { executionId: instance.executionId, now: timeOf(instance, waiting) };
  const timestamp = new Date(context.now).toISOString();
  const accepted = acceptEvents(instance.turnState, waiting, context);
  const started = turnEvent(eventType.OrchestratorStarted, timestamp);
  const settled = await settle(runner, instance, accepted, [started, ...accepted.events], context.now);
  const effects = [...accepted.effects, ...settled.effects];
  const scheduled = effects.flatMap((effect) => scheduledEvent(effect, timestamp) ?? []);
  const history = [started, ...accepted.events, ...scheduled, turnEvent(eventType.OrchestratorCompleted, timestamp)];
  if (settled.outcome.kind === "failed") {
    runner.onFailed(instance, settled.outcome.reason);
  } else if (settled.outcome.kind === "completed" && Object.keys(settled.state.timers).length > 0) {
    runner.onTimersLeft(instance);
  }
  const commit: TurnCommit = { ...unchanged(instance), ...settled, effects, history, now: context.now };
  return { commit, taken: accepted.events.length };
}

/** The clock of an execution never goes back, and is not before the time a timer was to fire. */
function timeOf(instance: Instance, events: HistoryEvent[]): number {
  return events.reduce(
    (latest, { FireAt }) => (FireAt ? Math.max(latest, Date.parse(FireAt)) : latest),
    Math.max(Date.now(), instance.clock),
  );
}

function turnEvent(type: number, timestamp: string): HistoryEvent {
  return { EventType: type, EventId: -1, Timestamp: timestamp, IsPlayed: false };
}

interface Settled {
  state: TurnCommit["state"];
  effects: Effect[];
  outcome: Outcome;
  customStatus: string | null;
}

async function settle(
  runner: OrchestrationRunner,
  instance: Instance,
  accepted: AcceptedEvents,
  newEvents: HistoryEvent[],
  now: number,
): Promise<Settled> {
  const failed = (reason: string): Settled => ({
    state: accepted.state,
    effects: [],
    outcome: { kind: "failed", reason },
    customStatus: null,
  });
  if (accepted.failure !== undefined) {
    return failed(accepted.failure);
  }
  const orchestrator = runner.registry.find(instance.name, "orchestrationTrigger");
  if (!orchestrator) {
    return failed(`The function '${instance.name}' doesn't exist or is not an orchestrator function.`);
  }
  try {
    const reply = await replay(runner, orchestrator, instance, newEvents);
    const { customStatus } = reply;
    const result = settleTurn(accepted.state, reply, { executionId: instance.executionId, now });
    return { ...result, customStatus: customStatus === undefined ? null : toJson(customStatus) };
  } catch (error) {
    return failed((error as Error).message);
  }
}

async function replay(
  { database, invoke }: OrchestrationRunner,
  orchestrator: RegisteredFunction,
  instance: Instance,
  newEvents: HistoryEvent[],
): Promise<OrchestratorReply> {
  const past = readHistory(database, instance.id);
  const text = replayInput(instance.id, instance.input, instance.parent?.instanceId ?? null, past, newEvents);
  try {
    return parseReply((await invoke(orchestrator, { string: text })).returnValue);
  } catch (error) {
    return parseFailure(error);
  }
}
