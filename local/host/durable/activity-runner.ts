import type { RpcTypedData } from "../core/core-api.ts";
import type { FunctionRegistry } from "../core/function-registry.ts";
import type { Invoke } from "../core/invoker.ts";
import { eventType, type HistoryEvent, toJson } from "./protocol.ts";
import { finishActivity, nextActivities, type PendingActivity } from "./store/activities.ts";
import type { Database } from "./store/database.ts";

/** Runs pending activities, at most so many at once. */
export interface ActivityRunner {
  /** Looks for pending activities. */
  wake(): void;
  /** Starts nothing more; what runs is left to end or, if the process ends first, runs again after a restart. */
  stop(): Promise<void>;
}

/** @param onFinished told the instance whose activity ended */
export function createActivityRunner(
  database: Database,
  registry: FunctionRegistry,
  invoke: Invoke,
  limit: number,
  onFinished: (instanceId: string) => void,
): ActivityRunner {
  // Begins at the oldest row: what was pending when an earlier process died runs first.
  let lastSeen = 0;
  let stopped = false;
  const running = new Set<Promise<void>>();

  const wake = () => {
    if (stopped || running.size >= limit) {
      return;
    }
    for (const activity of nextActivities(database, lastSeen, limit - running.size)) {
      lastSeen = activity.seq;
      const done = run(activity).finally(() => {
        running.delete(done);
        wake();
      });
      running.add(done);
    }
  };
  const run = async (activity: PendingActivity) => {
    const event = await outcomeOf(activity, registry, invoke);
    if (finishActivity(database, activity, event)) {
      onFinished(activity.instanceId);
    }
  };
  return {
    wake,
    stop: async () => {
      stopped = true;
      await Promise.all(running);
    },
  };
}

async function outcomeOf(
  { name, input, taskId }: PendingActivity,
  registry: FunctionRegistry,
  invoke: Invoke,
): Promise<HistoryEvent> {
  const ended = (event: Pick<HistoryEvent, "EventType" | "Result" | "Reason" | "Details">): HistoryEvent => ({
    EventId: -1,
    Timestamp: new Date().toISOString(),
    IsPlayed: false,
    TaskScheduledId: taskId,
    ...event,
  });
  const activity = registry.find(name, "activityTrigger");
  if (!activity) {
    const Reason = `The function '${name}' doesn't exist or is not an activity function.`;
    return ended({ EventType: eventType.TaskFailed, Reason, Details: "" });
  }
  try {
    const { returnValue } = await invoke(activity, { string: input });
    return ended({ EventType: eventType.TaskCompleted, Result: toResult(returnValue) });
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    const Reason = `Activity function '${name}' failed: ${message}`;
    return ended({ EventType: eventType.TaskFailed, Reason, Details: stack ?? "" });
  }
}

/** JSON text of what an activity returned. */
function toResult(value: RpcTypedData | null | undefined): string {
  if (value?.json !== undefined) {
    return value.json;
  }
  return toJson(value?.string ?? value?.int ?? value?.double ?? (value?.bytes && encode(value.bytes)));
}

function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
