import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { installCoreShim } from "../../../local/host/core/core-shim.ts";
import { FunctionRegistry } from "../../../local/host/core/function-registry.ts";
import { createInvoker } from "../../../local/host/core/invoker.ts";
import { parseReply } from "../../../local/host/durable/orchestrator-reply.ts";
import { settleTurn } from "../../../local/host/durable/orchestrator-turn.ts";
import { eventType, type HistoryEvent, toJson } from "../../../local/host/durable/protocol.ts";
import { replayInput } from "../../../local/host/durable/replay-input.ts";
import { scheduledEvent } from "../../../local/host/durable/scheduled-event.ts";
import { acceptEvents } from "../../../local/host/durable/task-retries.ts";
import { type Effect, initialTurnState } from "../../../local/host/durable/turn-state.ts";

/** A task of a generated orchestration; its result is its key. */
interface Task {
  kind: "activity" | "flaky" | "child" | "timer" | "event" | "entity";
  /** How often a flaky one fails before it succeeds. */
  failures: number;
}

/** What a generated orchestration does, step by step. */
interface Step {
  kind: "all" | "any" | "signal";
  tasks: Task[];
}

const attempts = 3;
const registry = new FunctionRegistry(() => undefined);
installCoreShim(registry);
const df = await import("durable-functions");

/** Runs the steps; `any` goes on while its other tasks are still under way. */
df.app.orchestration("generated", function* ({ df: context }) {
  const steps = context.getInput<Step[]>() ?? [];
  const results: unknown[] = [];
  for (const [index, { kind, tasks }] of steps.entries()) {
    if (kind === "signal") {
      context.signalEntity(new df.EntityId("e", "k"), "op");
      continue;
    }
    const started = tasks.map((task, position) => toSdkTask(task, `${index}.${position}`));
    try {
      if (kind === "all") {
        results.push(yield context.Task.all(started));
      } else {
        const winner: (typeof started)[number] = yield context.Task.any(started);
        results.push(winner.isFaulted ? "error" : winner.result);
      }
    } catch {
      results.push("error");
    }
  }
  return results;

  function toSdkTask({ kind, failures }: Task, key: string) {
    switch (kind) {
      case "activity":
        return context.callActivity("activity", { key, failures: 0 });
      case "flaky":
        return context.callActivityWithRetry("activity", new df.RetryOptions(10, attempts), { key, failures });
      case "child":
        return context.callSubOrchestrator("child", { key });
      case "timer":
        return context.createTimer(new Date(context.currentUtcDateTime.getTime() + 10));
      case "event":
        return context.waitForExternalEvent(key);
      case "entity":
        return context.callEntity(new df.EntityId("e", "k"), "op", { key });
    }
  }
});

const invoke = createInvoker({ registry, bindingValue: () => ({}), log: () => undefined });

/** Plays the host for one orchestration: what was asked for comes back in an order and in batches chosen by `random`. */
async function simulate(steps: Step[], random: () => number): Promise<unknown> {
  const orchestrator = registry.find("generated");
  if (!orchestrator) {
    throw new Error("The orchestrator was not registered.");
  }
  const calls = new Map<string, number>();
  const history: string[] = [];
  const inbox: HistoryEvent[] = [newEvent(eventType.ExecutionStarted, { Name: "generated" })];
  const pending = eventsOf(steps);
  let state = initialTurnState;
  for (let now = Date.UTC(2026, 0, 1); inbox.length + pending.length > 0; now += 1000) {
    for (
      let count = Math.floor(random() * 4) + (inbox.length === 0 ? 1 : 0);
      count > 0 && pending.length > 0;
      count--
    ) {
      inbox.push(...pending.splice(Math.floor(random() * pending.length), 1));
    }
    const context = { executionId: "execution", now };
    const accepted = acceptEvents(state, inbox, context);
    inbox.splice(0, accepted.events.length);
    const timestamp = new Date(now).toISOString();
    const started = { ...newEvent(eventType.OrchestratorStarted, {}), Timestamp: timestamp };
    const events = [started, ...accepted.events];
    const text = replayInput("instance", JSON.stringify(steps), null, history, events);
    const reply = parseReply((await invoke(orchestrator, { string: text })).returnValue);
    const settled = settleTurn(accepted.state, reply, context);
    if (settled.outcome.kind === "completed") {
      return JSON.parse(settled.outcome.output);
    }
    state = settled.state;
    const effects = [...accepted.effects, ...settled.effects];
    const scheduled = effects.flatMap((effect) => scheduledEvent(effect, timestamp) ?? []);
    history.push(...[...events, ...scheduled].map((event) => JSON.stringify({ ...event, IsPlayed: true })));
    pending.push(...effects.flatMap((effect) => resultOf(effect, calls)));
  }
  throw new Error("The orchestration waits, and nothing is left to happen.");
}

function newEvent(type: number, fields: Partial<HistoryEvent>): HistoryEvent {
  return { EventType: type, EventId: -1, Timestamp: "2026-01-01T00:00:00.000Z", IsPlayed: false, ...fields };
}

function eventsOf(steps: Step[]): HistoryEvent[] {
  return steps.flatMap(({ kind, tasks }, index) =>
    tasks.flatMap((task, position) => {
      const key = `${index}.${position}`;
      const awaited = kind !== "signal" && task.kind === "event";
      return awaited ? [newEvent(eventType.EventRaised, { Name: key, Input: toJson(key) })] : [];
    }),
  );
}

function resultOf(effect: Effect, calls: Map<string, number>): HistoryEvent[] {
  const { taskId: TaskScheduledId } = effect;
  switch (effect.kind) {
    case "activity": {
      const { key, failures } = JSON.parse(effect.input) as { key: string; failures: number };
      const call = (calls.get(key) ?? 0) + 1;
      calls.set(key, call);
      return call <= failures
        ? [newEvent(eventType.TaskFailed, { TaskScheduledId, Reason: "failed", Details: key })]
        : [newEvent(eventType.TaskCompleted, { TaskScheduledId, Result: toJson(key) })];
    }
    case "subOrchestration": {
      const { key } = JSON.parse(effect.input) as { key: string };
      return [newEvent(eventType.SubOrchestrationInstanceCompleted, { TaskScheduledId, Result: toJson(key) })];
    }
    case "timer":
      return [newEvent(eventType.TimerFired, { TimerId: effect.taskId })];
    case "entityOperation": {
      if (effect.isSignal) {
        return [];
      }
      const { key } = JSON.parse(effect.input) as { key: string };
      return [newEvent(eventType.EventRaised, { Name: effect.requestId, Input: toJson({ result: toJson(key) }) })];
    }
    case "cancelTimer":
      return [];
  }
}

/** What a task may result in; a timer has no result. */
function expected({ kind, failures }: Task, key: string): unknown {
  if (kind === "timer") {
    return null;
  }
  return kind === "flaky" && failures >= attempts ? "error" : key;
}

const task: fc.Arbitrary<Task> = fc.record({
  kind: fc.constantFrom("activity", "flaky", "flaky", "child", "timer", "event", "entity"),
  failures: fc.integer({ min: 0, max: attempts }),
});
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom("all", "any", "any", "signal"),
  tasks: fc.array(task, { minLength: 1, maxLength: 4 }),
});

describe("the host's mirror of the SDK's task ids", () => {
  it("gives every task its own result, whatever comes in whichever order", { timeout: 60_000 }, async () => {
    const program = fc.array(step, { minLength: 1, maxLength: 6 });
    const seeds = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(program, seeds, async (steps, numbers) => {
        const random = () => numbers.next().value ?? 0;
        const results = (await simulate(steps, random)) as unknown[];
        const waited = steps.map((one, index) => ({ ...one, index })).filter(({ kind }) => kind !== "signal");
        expect(results).toHaveLength(waited.length);
        for (const [position, { kind, tasks, index }] of waited.entries()) {
          const possible = tasks.map((one, place) => expected(one, `${index}.${place}`));
          if (kind === "any") {
            expect(possible).toContainEqual(results[position]);
          } else {
            expect(results[position]).toEqual(possible.includes("error") ? "error" : possible);
          }
        }
      }),
      { numRuns: 600 },
    );
  });
});
