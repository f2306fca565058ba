import { eventType, eventTypeNames, type HistoryEvent } from "./protocol.ts";
import type { Instance } from "./store/instances.ts";

/** The status of an instance as the management API shows it; `historyEvents` only where history is given. */
export function instanceStatus(
  instance: Instance,
  options: { showInput: boolean; history?: string[]; showHistoryOutput?: boolean },
): Record<string, unknown> {
  const parse = (text: string | null): unknown => (text === null ? null : JSON.parse(text));
  return {
    name: instance.name,
    instanceId: instance.id,
    runtimeStatus: instance.status,
    input: options.showInput ? parse(instance.input) : null,
    customStatus: parse(instance.customStatus),
    output: parse(instance.output),
    createdTime: new Date(instance.createdAt).toISOString(),
    lastUpdatedTime: new Date(instance.updatedAt).toISOString(),
    ...(options.history && { historyEvents: shownHistory(options.history, options.showHistoryOutput ?? false) }),
  };
}

/** History as it is shown: what was scheduled appears with its end, and turns are left out. */
function shownHistory(history: string[], showOutput: boolean): Record<string, unknown>[] {
  const events = history.map((text) => JSON.parse(text) as HistoryEvent);
  const scheduled = new Map(events.filter(({ EventId }) => EventId >= 0).map((event) => [event.EventId, event]));
  const ended = new Set(events.map(({ TaskScheduledId, TimerId }) => TaskScheduledId ?? TimerId));
  const isTurn = ({ EventType }: HistoryEvent) =>
    EventType === eventType.OrchestratorStarted || EventType === eventType.OrchestratorCompleted;
  return events
    .filter((event) => !isTurn(event) && !(event.EventId >= 0 && ended.has(event.EventId)))
    .map((event) => shownEvent(event, scheduled.get(event.TaskScheduledId ?? event.TimerId ?? -1), showOutput));
}

function shownEvent(
  event: HistoryEvent,
  cause: HistoryEvent | undefined,
  showOutput: boolean,
): Record<string, unknown> {
  const { Result, Input, Name, Reason, Details, FireAt, InstanceId } = event;
  const functionName = cause?.Name ?? (event.EventType === eventType.EventRaised ? undefined : Name);
  return {
    EventType: eventTypeNames.get(event.EventType),
    Timestamp: event.Timestamp,
    ...(functionName !== undefined && { FunctionName: functionName }),
    ...(event.EventType === eventType.EventRaised && { Name }),
    ...(cause && { ScheduledTime: cause.Timestamp, EventId: cause.EventId }),
    ...(event.EventId >= 0 && { EventId: event.EventId }),
    ...(FireAt !== undefined && { FireAt }),
    ...(InstanceId !== undefined && { InstanceId }),
    ...(Reason !== undefined && { Reason, Details }),
    ...(showOutput && Result !== undefined && { Result: JSON.parse(Result) }),
    ...(showOutput && Input !== undefined && { Input }),
  };
}
