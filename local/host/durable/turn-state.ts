import type { RetryOptions } from "./protocol.ts";

/** A task that is tried again when it fails, between two of its attempts or during one. */
export interface RetriedTask {
  kind: "activity" | "subOrchestration";
  name: string;
  /** As it is stored for the task: see {@link Effect}. */
  input: string;
  /** Of a sub-orchestration whose caller named it. */
  instanceId?: string;
  options: RetryOptions;
  /** The attempt under way or, between attempts, the next one; from 1. */
  attempt: number;
  /** Epoch milliseconds. */
  firstAttemptAt: number;
}

/**
 * What the host remembers of an execution between its turns. Actions carry no ids, so the host mirrors the counter by
 * which the SDK numbers its tasks.
 */
export interface TurnState {
  /** The id the SDK gives to the next task. */
  nextTaskId: number;
  /** A signature per action asked for so far, compounds flattened: a replay must ask for the same again. */
  seen: string[];
  /** Attempts under way, by their task id. */
  attempts: Record<number, RetriedTask>;
  /** Tasks waiting for their retry timer, by the id of the timer. */
  waiting: Record<number, RetriedTask>;
  /** Task ids of the orchestrator's own open timers, by the position of their action in {@link seen}. */
  timers: Record<number, number>;
}

/** The state before the first turn. */
export const initialTurnState: TurnState = { nextTaskId: 0, seen: [], attempts: {}, waiting: {}, timers: {} };

/** What a turn makes happen outside of the orchestrator. */
export type Effect =
  /** `input` is the text the activity is given: JSON. */
  | { kind: "activity"; taskId: number; name: string; input: string }
  | { kind: "subOrchestration"; taskId: number; name: string; instanceId: string; input: string }
  /** `fireAt` in epoch milliseconds. */
  | { kind: "timer"; taskId: number; fireAt: number }
  | { kind: "cancelTimer"; taskId: number }
  /** `input` is JSON text or empty; a call is answered with an event named `requestId`. */
  | {
      kind: "entityOperation";
      taskId: number;
      requestId: string;
      entityId: string;
      operation: string;
      input: string;
      isSignal: boolean;
    };

/** How a turn ended; texts are JSON except `reason`. */
export type Outcome =
  | { kind: "running" }
  | { kind: "completed"; output: string }
  | { kind: "continuedAsNew"; input: string }
  | { kind: "failed"; reason: string };
