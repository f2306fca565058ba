import { eventType, type HistoryEvent } from "./protocol.ts";
import type { Effect } from "./turn-state.ts";

/** The event by which history records that an effect was asked for; cancelling a timer leaves none. */
export function scheduledEvent(effect: Effect, timestamp: string): HistoryEvent | undefined {
  const common = { EventId: effect.taskId, Timestamp: timestamp, IsPlayed: false };
  switch (effect.kind) {
    case "activity":
      return { ...common, EventType: eventType.TaskScheduled, Name: effect.name, Input: effect.input };
    case "subOrchestration":
      return {
        ...common,
        EventType: eventType.SubOrchestrationInstanceCreated,
        Name: effect.name,
        InstanceId: effect.instanceId,
        Input: effect.input,
      };
    case "timer":
      return { ...common, EventType: eventType.TimerCreated, FireAt: new Date(effect.fireAt).toISOString() };
    case "entityOperation": {
      const { requestId: id, operation: op, isSignal: signal, input } = effect;
      return {
        ...common,
        EventType: eventType.EventSent,
        InstanceId: effect.entityId,
        Name: "op",
        Input: JSON.stringify({ id, op, signal, input }),
      };
    }
    case "cancelTimer":
      return undefined;
  }
}
