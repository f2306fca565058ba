import { childInstanceId, entityRequestId } from "./deterministic-ids.ts";
import { type Action, actionType, actionTypeNames, type OrchestratorReply, toJson } from "./protocol.ts";
import { scheduleAttempt, type TurnContext } from "./task-retries.ts";
import type { Effect, Outcome, RetriedTask, TurnState } from "./turn-state.ts";

/** The orchestrator asked for something else than it did before with the same history. */
export class NonDeterminismError extends Error {
  override name = "NonDeterminismError";
}

/** The orchestrator asked for something this host does not model. */
export class UnsupportedActionError extends Error {
  override name = "UnsupportedActionError";
}

/** What a replay led to. */
export interface TurnResult {
  state: TurnState;
  effects: Effect[];
  outcome: Outcome;
}

/**
 * Turns the answer of an orchestrator into effects: everything asked for that was not asked for in earlier turns. Pure.
 * @throws NonDeterminismError, UnsupportedActionError
 */
export function settleTurn(before: TurnState, reply: OrchestratorReply, context: TurnContext): TurnResult {
  const state = structuredClone(before);
  const effects: Effect[] = [];
  let outcome: Outcome = { kind: "running" };
  const leaves = [...flatten(reply.actions)];
  assertSame(state.seen, leaves);
  for (const [position, action] of leaves.entries()) {
    if (position < state.seen.length) {
      continue;
    }
    state.seen.push(signatureOf(action));
    if (action.actionType === actionType.ContinueAsNew) {
      outcome = { kind: "continuedAsNew", input: toJson(action.input) };
    } else if (action.actionType !== actionType.WaitForExternalEvent) {
      effects.push(schedule(state, action, position, context));
    }
  }
  effects.push(...cancelTimers(state, leaves));
  return { state, effects, outcome: endOf(reply, outcome) };
}

/** Depth first, as the SDK numbers the tasks of a compound. */
function* flatten(actions: Action[]): Generator<Action> {
  for (const action of actions) {
    if (action.actionType === actionType.WhenAll || action.actionType === actionType.WhenAny) {
      yield* flatten(action.compoundActions ?? []);
    } else {
      yield action;
    }
  }
}

function signatureOf({ actionType: type, functionName, externalEventName, instanceId, operation }: Action): string {
  const what = functionName ?? externalEventName ?? (operation && `${instanceId}.${operation}`);
  return `${actionTypeNames.get(type) ?? type}${what ? ` ${what}` : ""}`;
}

function assertSame(seen: string[], leaves: Action[]): void {
  for (const [position, earlier] of seen.entries()) {
    const action = leaves[position];
    const now = action ? signatureOf(action) : "nothing";
    if (now !== earlier) {
      throw new NonDeterminismError(
        `Non-deterministic orchestrator: action ${position + 1} was "${earlier}" and is "${now}" on replay. ` +
          "An orchestrator must ask for the same actions in the same order whenever it is replayed.",
      );
    }
  }
}

function schedule(state: TurnState, action: Action, position: number, context: TurnContext): Effect {
  const { functionName: name = "", input, instanceId, operation = "" } = action;
  switch (action.actionType) {
    case actionType.CallActivity:
      return { kind: "activity", taskId: state.nextTaskId++, name, input: toActivityInput(input) };
    case actionType.CallSubOrchestrator: {
      const taskId = state.nextTaskId++;
      const child = instanceId ?? childInstanceId(context.executionId, taskId);
      return { kind: "subOrchestration", taskId, name, instanceId: child, input: toJson(input) };
    }
    case actionType.CallActivityWithRetry:
    case actionType.CallSubOrchestratorWithRetry:
      return scheduleAttempt(state, toRetriedTask(action, context), context);
    case actionType.CreateTimer: {
      const fireAt = Date.parse(action.fireAt ?? "");
      if (Number.isNaN(fireAt)) {
        throw new UnsupportedActionError("The orchestrator creates a timer for a time that is not valid.");
      }
      const taskId = state.nextTaskId++;
      state.timers[position] = taskId;
      return { kind: "timer", taskId, fireAt };
    }
    case actionType.CallEntity:
    case actionType.SignalEntity: {
      const taskId = state.nextTaskId++;
      const requestId = entityRequestId(context.executionId, taskId);
      const isSignal = action.actionType === actionType.SignalEntity;
      const entityId = instanceId ?? "";
      const text = input === undefined ? "" : toJson(input);
      return { kind: "entityOperation", taskId, requestId, entityId, operation, input: text, isSignal };
    }
    default:
      throw new UnsupportedActionError(
        `The orchestrator uses ${signatureOf(action)}, which the local Functions host does not run.`,
      );
  }
}

function toRetriedTask(
  { actionType: type, functionName, input, instanceId, retryOptions }: Action,
  { now }: TurnContext,
) {
  const isActivity = type === actionType.CallActivityWithRetry;
  const task: RetriedTask = {
    kind: isActivity ? "activity" : "subOrchestration",
    name: functionName ?? "",
    input: isActivity ? toActivityInput(input) : toJson(input),
    options: retryOptions ?? { firstRetryIntervalInMilliseconds: 1, maxNumberOfAttempts: 1 },
    attempt: 1,
    firstAttemptAt: now,
  };
  return instanceId ? { ...task, instanceId } : task;
}

/** The SDK has turned a text into JSON already, so that a text is passed on as it is. */
function toActivityInput(input: unknown): string {
  return typeof input === "string" ? input : toJson(input);
}

function cancelTimers(state: TurnState, leaves: Action[]): Effect[] {
  const canceled = Object.entries(state.timers).filter(([position]) => leaves[Number(position)]?.isCanceled);
  return canceled.map(([position, taskId]) => {
    delete state.timers[Number(position)];
    return { kind: "cancelTimer", taskId };
  });
}

function endOf(reply: OrchestratorReply, outcome: Outcome): Outcome {
  if (reply.error !== undefined) {
    return { kind: "failed", reason: reply.error };
  }
  return outcome.kind === "running" && reply.isDone ? { kind: "completed", output: toJson(reply.output) } : outcome;
}
