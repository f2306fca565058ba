/**
 * The out-of-process protocol between the Durable Functions extension and its JavaScript SDK (durable-functions 3.5):
 * what an orchestrator is given, what it answers, and the history it is replayed from.
 */

/** Kinds of history events; the SDK reads their numbers. */
export const eventType = {
  ExecutionStarted: 0,
  TaskScheduled: 4,
  TaskCompleted: 5,
  TaskFailed: 6,
  SubOrchestrationInstanceCreated: 7,
  SubOrchestrationInstanceCompleted: 8,
  SubOrchestrationInstanceFailed: 9,
  TimerCreated: 10,
  TimerFired: 11,
  OrchestratorStarted: 12,
  OrchestratorCompleted: 13,
  EventSent: 14,
  EventRaised: 15,
} as const;

/** The names of the event kinds by their number. */
export const eventTypeNames: ReadonlyMap<number, string> = new Map(
  Object.entries(eventType).map(([name, number]) => [number, name]),
);

/** One event of an instance's history, in the spelling the SDK reads. */
export interface HistoryEvent {
  EventType: number;
  /** Task id of what was scheduled; -1 where the event schedules nothing. */
  EventId: number;
  /** ISO 8601. */
  Timestamp: string;
  IsPlayed: boolean;
  Name?: string;
  /** JSON text. */
  Input?: string;
  /** JSON text, "null" for nothing. */
  Result?: string;
  Reason?: string;
  Details?: string;
  TaskScheduledId?: number;
  TimerId?: number;
  FireAt?: string;
  InstanceId?: string;
  Version?: string;
}

/** Kinds of actions an orchestrator asks for. */
export const actionType = {
  CallActivity: 0,
  CallActivityWithRetry: 1,
  CallSubOrchestrator: 2,
  CallSubOrchestratorWithRetry: 3,
  ContinueAsNew: 4,
  CreateTimer: 5,
  WaitForExternalEvent: 6,
  CallEntity: 7,
  SignalEntity: 9,
  WhenAny: 11,
  WhenAll: 12,
} as const;

/** The names of all action kinds that exist, also of those this host refuses. */
export const actionTypeNames: ReadonlyMap<number, string> = new Map([
  ...Object.entries(actionType).map(([name, number]): [number, string] => [number, name]),
  [8, "CallHttp"],
  [13, "LockEntities"],
  [14, "ReleaseEntities"],
]);

/** When and how often a failed task is tried again; the longest interval and the timeout are unlimited if absent. */
export interface RetryOptions {
  firstRetryIntervalInMilliseconds: number;
  maxNumberOfAttempts: number;
  backoffCoefficient?: number;
  maxRetryIntervalInMilliseconds?: number;
  retryTimeoutInMilliseconds?: number;
}

/** One action of an orchestrator; its kind decides which fields it has. */
export interface Action {
  actionType: number;
  functionName?: string;
  input?: unknown;
  retryOptions?: RetryOptions;
  instanceId?: string;
  fireAt?: string;
  isCanceled?: boolean;
  externalEventName?: string;
  operation?: string;
  compoundActions?: Action[];
}

/** The replay schema this host speaks: one complete, nested list of actions per replay (the SDK's "V3"). */
export const replaySchema = 2;

/** What an orchestrator answers to a replay. */
export interface OrchestratorReply {
  isDone: boolean;
  /** Everything asked for since the start, in order; compounds are nested. */
  actions: Action[];
  output?: unknown;
  customStatus?: unknown;
  /** Set where the orchestrator threw. */
  error?: string;
}

/** States of an instance, as the management API names them. */
export type RuntimeStatus = "Pending" | "Running" | "Suspended" | "Completed" | "Failed" | "Terminated";

/** Whether an instance in this state is over. */
export function isFinished(status: RuntimeStatus): boolean {
  return status === "Completed" || status === "Failed" || status === "Terminated";
}

/** JSON text of a value; what JSON cannot express (undefined) becomes "null". */
export function toJson(value: unknown): string {
  return JSON.stringify(value) ?? "null";
}
