import { childInstanceId } from "./deterministic-ids.ts";
import { eventType, type HistoryEvent } from "./protocol.ts";
import { nextRetryAt } from "./retry.ts";
import type { Effect, RetriedTask, TurnState } from "./turn-state.ts";

/** Where a turn takes place. */
export interface TurnContext {
  executionId: string;
  /** Time of the turn in epoch milliseconds. */
  now: number;
}

/** What accepting events led to; `failure` ends the instance, and the orchestrator cannot catch it. */
export interface AcceptedEvents {
  state: TurnState;
  /** The events of this turn: a prefix of those that wait. */
  events: HistoryEvent[];
  effects: Effect[];
  failure: string | undefined;
}

/**
 * Takes the events of one turn and runs the retry machinery for them. An event by which that machinery takes task ids
 * must come first in its turn: only then is it known which ids come before those of the actions the event leads to.
 */
export function acceptEvents(before: TurnState, waiting: HistoryEvent[], context: TurnContext): AcceptedEvents {
  const accepted: AcceptedEvents = { state: structuredClone(before), events: [], effects: [], failure: undefined };
  for (const event of waiting) {
    if (isRetryEvent(accepted.state, event)) {
      if (accepted.events.length > 0) {
        break;
      }
      runRetry(accepted, event, context);
    } else {
      forgetFinished(accepted.state, event);
    }
    accepted.events.push(event);
  }
  return accepted;
}

/** Schedules an attempt of a retried task under the next task id. */
export function scheduleAttempt(state: TurnState, task: RetriedTask, { executionId }: TurnContext): Effect {
  const taskId = state.nextTaskId++;
  state.attempts[taskId] = task;
  const { kind, name, input } = task;
  return kind === "activity"
    ? { kind, taskId, name, input }
    : { kind, taskId, name, input, instanceId: task.instanceId ?? childInstanceId(executionId, taskId) };
}

function isRetryEvent({ attempts, waiting }: TurnState, event: HistoryEvent): boolean {
  switch (event.EventType) {
    case eventType.TaskFailed:
    case eventType.SubOrchestrationInstanceFailed:
      return event.TaskScheduledId !== undefined && event.TaskScheduledId in attempts;
    case eventType.TimerFired:
      return event.TimerId !== undefined && event.TimerId in waiting;
    default:
      return false;
  }
}

function runRetry(accepted: AcceptedEvents, event: HistoryEvent, context: TurnContext): void {
  const { state, effects } = accepted;
  const { TaskScheduledId: attemptId = -1, TimerId: timerId = -1 } = event;
  const failed = state.attempts[attemptId];
  if (failed) {
    delete state.attempts[attemptId];
    const fireAt = nextRetryAt(failed.options, failed.attempt, failed.firstAttemptAt, context.now);
    if (fireAt === undefined) {
      accepted.failure = `The retries of "${failed.name}" exceeded their timeout. ${event.Reason ?? ""}`.trim();
      return;
    }
    const taskId = state.nextTaskId++;
    state.waiting[taskId] = { ...failed, attempt: failed.attempt + 1 };
    effects.push({ kind: "timer", taskId, fireAt });
  }
  const due = state.waiting[timerId];
  if (due) {
    delete state.waiting[timerId];
    if (due.attempt <= due.options.maxNumberOfAttempts) {
      effects.push(scheduleAttempt(state, due, context));
    }
  }
}

function forgetFinished(state: TurnState, event: HistoryEvent): void {
  if (event.TaskScheduledId !== undefined) {
    delete state.attempts[event.TaskScheduledId];
  }
  for (const [position, taskId] of Object.entries(state.timers)) {
    if (taskId === event.TimerId) {
      delete state.timers[Number(position)];
    }
  }
}
