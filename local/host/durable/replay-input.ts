import { type HistoryEvent, replaySchema } from "./protocol.ts";

/**
 * What an orchestrator function is given: JSON text.
 * @param input of the instance, JSON text
 * @param past history, each event as JSON text: it is put together, not parsed and written again for each replay
 */
export function replayInput(
  instanceId: string,
  input: string,
  parentInstanceId: string | null,
  past: string[],
  newEvents: HistoryEvent[],
): string {
  const history = [...past, ...newEvents.map((event) => JSON.stringify(event))];
  const binding = JSON.stringify({
    instanceId,
    isReplaying: past.length > 0,
    parentInstanceId,
    upperSchemaVersion: 1,
    upperSchemaVersionNew: replaySchema,
    // So long that the SDK never splits a timer: the host's own timers have no limit.
    maximumShortTimerDuration: "36500.00:00:00",
    longRunningTimerIntervalDuration: "3.00:00:00",
    // The spelling is the protocol's.
    defaultHttpAsyncRequestSleepTimeMillseconds: 30_000,
  });
  return `{"history":[${history.join(",")}],"input":${input},${binding.slice(1)}`;
}
