import { describe, expect, it } from "vitest";
import {
  NonDeterminismError,
  settleTurn,
  UnsupportedActionError,
} from "../../../local/host/durable/orchestrator-turn.ts";
import {
  type Action,
  actionType,
  eventType,
  type HistoryEvent,
  type OrchestratorReply,
} from "../../../local/host/durable/protocol.ts";
import { acceptEvents } from "../../../local/host/durable/task-retries.ts";
import { initialTurnState, type TurnState } from "../../../local/host/durable/turn-state.ts";

const context = { executionId: "execution", now: 1000 };
const activity = (functionName: string, input?: unknown): Action => ({
  actionType: actionType.CallActivity,
  functionName,
  input,
});
const retried = (functionName: string): Action => ({
  actionType: actionType.CallActivityWithRetry,
  functionName,
  retryOptions: { firstRetryIntervalInMilliseconds: 100, maxNumberOfAttempts: 2, backoffCoefficient: 3 },
});
const reply = (actions: Action[], rest: Partial<OrchestratorReply> = {}): OrchestratorReply => ({
  isDone: false,
  actions,
  ...rest,
});
const event = (type: number, fields: Partial<HistoryEvent>): HistoryEvent => ({
  EventType: type,
  EventId: -1,
  Timestamp: "2026-01-01T00:00:00.000Z",
  IsPlayed: false,
  ...fields,
});
const failed = (id: number) => event(eventType.TaskFailed, { TaskScheduledId: id, Reason: "r", Details: "d" });
const fired = (id: number) => event(eventType.TimerFired, { TimerId: id });
const completed = (id: number) => event(eventType.TaskCompleted, { TaskScheduledId: id, Result: "null" });

describe("task ids", () => {
  it("count depth first through compounds; waiting for an event takes none", () => {
    const compound: Action = {
      actionType: actionType.WhenAll,
      compoundActions: [
        activity("a"),
        {
          actionType: actionType.WhenAny,
          compoundActions: [{ actionType: actionType.WaitForExternalEvent }, activity("b")],
        },
        { actionType: actionType.CallSubOrchestrator, functionName: "c" },
      ],
    };
    const signal: Action = { actionType: actionType.SignalEntity, instanceId: "@e@k", operation: "op" };
    const { effects } = settleTurn(initialTurnState, reply([compound, signal, activity("d")]), context);
    expect(effects.map((effect) => [effect.kind, effect.taskId])).toEqual([
      ["activity", 0],
      ["activity", 1],
      ["subOrchestration", 2],
      ["entityOperation", 3],
      ["activity", 4],
    ]);
  });

  it("of a retry come before those of the actions its event leads to", () => {
    let { state } = settleTurn(initialTurnState, reply([retried("a"), activity("b")]), context);
    const first = acceptEvents(state, [failed(0), completed(1)], context);
    expect(first.effects).toEqual([{ kind: "timer", taskId: 2, fireAt: 1100 }]);
    expect(first.events).toHaveLength(2);
    ({ state } = settleTurn(first.state, reply([retried("a"), activity("b"), activity("c")]), context));
    expect(state.nextTaskId).toBe(4);
    const second = acceptEvents(state, [fired(2)], context);
    expect(second.effects).toMatchObject([{ kind: "activity", taskId: 4, name: "a" }]);
    const last = acceptEvents(second.state, [failed(4)], context);
    expect(last.effects).toEqual([{ kind: "timer", taskId: 5, fireAt: 1300 }]);
    const end = acceptEvents(last.state, [fired(5)], context);
    expect(end.effects).toEqual([]);
    expect(end.state.nextTaskId).toBe(6);
  });
});

describe("batches", () => {
  it("end before an event by which a retry takes ids", () => {
    const { state } = settleTurn(initialTurnState, reply([retried("a"), activity("b"), retried("c")]), context);
    const accepted = acceptEvents(state, [completed(1), failed(0), failed(2)], context);
    expect(accepted.events).toEqual([completed(1)]);
    expect(acceptEvents(accepted.state, [failed(0), failed(2)], context).events).toEqual([failed(0)]);
  });

  it("leave the state they began with untouched", () => {
    const { state } = settleTurn(initialTurnState, reply([retried("a")]), context);
    const before: TurnState = structuredClone(state);
    acceptEvents(state, [failed(0)], context);
    settleTurn(state, reply([retried("a"), activity("b")]), context);
    expect(state).toEqual(before);
  });
});

describe("timers", () => {
  const timer = (isCanceled: boolean): Action => ({
    actionType: actionType.CreateTimer,
    fireAt: "2026-01-01T00:00:00.000Z",
    isCanceled,
  });

  it("are cancelled once, when their action says so", () => {
    const { state } = settleTurn(initialTurnState, reply([timer(false)]), context);
    const cancelled = settleTurn(state, reply([timer(true)]), context);
    expect(cancelled.effects).toEqual([{ kind: "cancelTimer", taskId: 0 }]);
    expect(settleTurn(cancelled.state, reply([timer(true)]), context).effects).toEqual([]);
  });

  it("without a valid time are refused", () => {
    const broken = { actionType: actionType.CreateTimer };
    expect(() => settleTurn(initialTurnState, reply([broken]), context)).toThrow(UnsupportedActionError);
  });
});

describe("replays", () => {
  it.each([
    ["another name", [activity("x")]],
    ["another kind", [{ actionType: actionType.CallSubOrchestrator, functionName: "a" }]],
    ["nothing", []],
  ])("that ask for %s are not deterministic", (_, actions) => {
    const { state } = settleTurn(initialTurnState, reply([activity("a")]), context);
    expect(() => settleTurn(state, reply(actions), context)).toThrow(NonDeterminismError);
  });

  it("do nothing twice", () => {
    const { state } = settleTurn(initialTurnState, reply([activity("a")]), context);
    expect(settleTurn(state, reply([activity("a")]), context).effects).toEqual([]);
  });

  it.each([
    [8, "CallHttp"],
    [13, "LockEntities"],
    [14, "ReleaseEntities"],
    [99, "99"],
  ])("with action %i are refused by name", (type, name) => {
    expect(() => settleTurn(initialTurnState, reply([{ actionType: type }]), context)).toThrow(name);
  });
});

describe("ends", () => {
  const again: Action = { actionType: actionType.ContinueAsNew, input: { next: 1 } };

  it.each([
    [reply([], { isDone: true, output: { a: 1 } }), { kind: "completed", output: '{"a":1}' }],
    [reply([], { isDone: true }), { kind: "completed", output: "null" }],
    [reply([again], { isDone: true }), { kind: "continuedAsNew", input: '{"next":1}' }],
    [reply([], { error: "broken" }), { kind: "failed", reason: "broken" }],
    [reply([again], { error: "broken" }), { kind: "failed", reason: "broken" }],
    [reply([activity("a")]), { kind: "running" }],
  ])("%j → %j", (given, outcome) => {
    expect(settleTurn(initialTurnState, given, context).outcome).toEqual(outcome);
  });
});
