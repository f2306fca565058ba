import { installCoreShim } from "../../local/host/core/core-shim.ts";
import { FunctionRegistry, type RegisteredFunction } from "../../local/host/core/function-registry.ts";
import { createInvoker } from "../../local/host/core/invoker.ts";
import { parseFailure, parseReply } from "../../local/host/durable/orchestrator-reply.ts";
import { settleTurn } from "../../local/host/durable/orchestrator-turn.ts";
import { eventType, type HistoryEvent, type OrchestratorReply } from "../../local/host/durable/protocol.ts";
import { replayInput } from "../../local/host/durable/replay-input.ts";
import { scheduledEvent } from "../../local/host/durable/scheduled-event.ts";
import { acceptEvents } from "../../local/host/durable/task-retries.ts";
import { initialTurnState, type Outcome } from "../../local/host/durable/turn-state.ts";
import type { RecordedHistory } from "./history-file.ts";

const registry = new FunctionRegistry(() => undefined);
installCoreShim(registry);
// The app as it is shipped registers its orchestrators; nothing else of it runs.
await import("../../functions/index.ts");
export const df = await import("durable-functions");
const invoke = createInvoker({ registry, bindingValue: () => ({}), log: () => undefined });

/** What a turn asked for and how it ended, as history tells it and as the replay does. */
export interface ReplayedTurn {
  readonly recorded: readonly HistoryEvent[];
  readonly replayed: readonly HistoryEvent[];
  readonly outcome: Outcome;
}

const scheduling: ReadonlySet<number> = new Set([
  eventType.TaskScheduled,
  eventType.SubOrchestrationInstanceCreated,
  eventType.TimerCreated,
  eventType.EventSent,
]);
const framing: ReadonlySet<number> = new Set([eventType.OrchestratorStarted, eventType.OrchestratorCompleted]);

/**
 * Replays a history turn by turn through the SDK, each turn from the beginning as on Azure, and tells what each asked for.
 * @param orchestrator name of the orchestrator that replays; the one that was recorded by default
 * @throws NonDeterminismError where it asks for something else than in an earlier turn
 */
export async function replayHistory(
  history: RecordedHistory,
  orchestrator = history.orchestrator,
): Promise<readonly ReplayedTurn[]> {
  const found = registry.find(orchestrator, "orchestrationTrigger");
  if (found === undefined) throw new Error(`The app has no orchestrator ${orchestrator}.`);
  const turns: ReplayedTurn[] = [];
  const past: string[] = [];
  let state = initialTurnState;
  for (const events of turnsOf(history.events)) {
    const timestamp = events[0]?.Timestamp ?? "";
    const context = { executionId: history.executionId, now: Date.parse(timestamp) };
    const came = events.filter((event) => !scheduling.has(event.EventType) && !framing.has(event.EventType));
    const accepted = acceptEvents(state, came, context);
    const fresh = [...events.slice(0, 1), ...came].map((event) => ({ ...event, IsPlayed: false }));
    const reply = await replyTo(found, replayInput(history.id, history.input, history.parentId, past, fresh));
    const settled = settleTurn(accepted.state, reply, context);
    turns.push({
      recorded: events.filter((event) => scheduling.has(event.EventType)),
      replayed: [...accepted.effects, ...settled.effects]
        .flatMap((effect) => scheduledEvent(effect, timestamp) ?? [])
        .map((event) => ({ ...event, IsPlayed: true })),
      outcome: settled.outcome,
    });
    state = settled.state;
    past.push(...events.map((event) => JSON.stringify(event)));
  }
  return turns;
}

function turnsOf(events: readonly HistoryEvent[]): HistoryEvent[][] {
  const turns: HistoryEvent[][] = [];
  for (const event of events) {
    if (event.EventType === eventType.OrchestratorStarted) turns.push([]);
    turns.at(-1)?.push(event);
  }
  return turns;
}

async function replyTo(orchestrator: RegisteredFunction, text: string): Promise<OrchestratorReply> {
  try {
    return parseReply((await invoke(orchestrator, { string: text })).returnValue);
  } catch (error) {
    return parseFailure(error);
  }
}
