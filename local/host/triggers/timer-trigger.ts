import type { RpcTypedData } from "../core/core-api.ts";
import { AppLoadError, type FunctionRegistry, type RegisteredFunction } from "../core/function-registry.ts";
import type { Invoke } from "../core/invoker.ts";
import type { Database } from "../durable/store/database.ts";
import { parseSchedule, type Schedule } from "./schedule.ts";

/** Times of a timer function, ISO 8601, as the app sees them. */
interface ScheduleStatus {
  Last: string;
  Next: string;
  LastUpdated: string;
}

/** The app's timer functions, running by their schedules. */
export interface TimerTriggers {
  start(): void;
  stop(): void;
  /** The value a timer function is given. */
  triggerValue(registered: RegisteredFunction, isPastDue: boolean): RpcTypedData;
}

/** What the platform writes for a time that has not been. */
const never = "0001-01-01T00:00:00.000Z";

const longestSleepMilliseconds = 3_600_000;

/** Runs timer functions; one never overlaps itself by its schedule, and one that was missed while no host ran runs at the start. */
export function createTimerTriggers(
  database: Database,
  registry: FunctionRegistry,
  invoke: Invoke,
  settings: NodeJS.ProcessEnv,
  log: (message: string, error?: unknown) => void,
): TimerTriggers {
  const timers = registry.list("timerTrigger").map((registered) => ({ registered, schedule: scheduleOf(registered) }));
  const alarms = new Map<string, NodeJS.Timeout>();
  let stopped = false;

  function scheduleOf({ name, trigger }: RegisteredFunction): Schedule {
    try {
      return parseSchedule(String(trigger.schedule), settings);
    } catch (error) {
      throw new AppLoadError(`Function "${name}": ${(error as Error).message}`, { cause: error });
    }
  }
  const run = async (registered: RegisteredFunction, schedule: Schedule, isPastDue: boolean) => {
    const started = new Date();
    try {
      await invoke(registered, triggerValue(registered, isPastDue));
    } catch (error) {
      log(`Function "${registered.name}" failed.`, error);
    }
    if (!stopped) {
      const next = schedule.next(new Date(Math.max(Date.now(), started.getTime() + 1)));
      writeStatus(database, registered.name, { last: started, next });
      sleepUntil(registered, schedule, next);
    }
  };
  const sleepUntil = (registered: RegisteredFunction, schedule: Schedule, at: Date) => {
    const wait = at.getTime() - Date.now();
    const alarm =
      wait <= 0
        ? setTimeout(() => void run(registered, schedule, false))
        : setTimeout(() => sleepUntil(registered, schedule, at), Math.min(wait, longestSleepMilliseconds));
    alarms.set(registered.name, alarm);
  };
  const triggerValue = (registered: RegisteredFunction, isPastDue: boolean): RpcTypedData => ({
    json: JSON.stringify({
      Schedule: { AdjustForDST: true },
      ScheduleStatus: readStatus(database, registered.name) ?? { Last: never, Next: never, LastUpdated: never },
      IsPastDue: isPastDue,
    }),
  });
  return {
    triggerValue,
    start: () => {
      for (const { registered, schedule } of timers) {
        const { useMonitor, runOnStartup } = registered.trigger;
        const status = useMonitor === false ? undefined : readStatus(database, registered.name);
        const isPastDue = status !== undefined && Date.parse(status.Next) < Date.now();
        if (isPastDue || runOnStartup === true) {
          void run(registered, schedule, isPastDue);
        } else {
          const next = schedule.next(new Date());
          writeStatus(database, registered.name, { last: status && new Date(status.Last), next });
          sleepUntil(registered, schedule, next);
        }
      }
    },
    stop: () => {
      stopped = true;
      alarms.forEach(clearTimeout);
    },
  };
}

function readStatus(database: Database, name: string): ScheduleStatus | undefined {
  const row = database.prepare("SELECT status FROM schedule WHERE name = ?").get(name);
  return row && (JSON.parse((row as unknown as { status: string }).status) as ScheduleStatus);
}

function writeStatus(database: Database, name: string, { last, next }: { last: Date | undefined; next: Date }): void {
  const status: ScheduleStatus = {
    Last: last?.toISOString() ?? never,
    Next: next.toISOString(),
    LastUpdated: new Date().toISOString(),
  };
  database.prepare("INSERT OR REPLACE INTO schedule (name, status) VALUES (?, ?)").run(name, JSON.stringify(status));
}
