import type { Database } from "./store/database.ts";
import { fireTimers, nextTimerAt } from "./store/timers.ts";

/** Fires the timers of orchestrations when they are due; those that came due while no host ran fire at once. */
export interface TimerRunner {
  /** Looks for the next timer again: to be called after timers were added. */
  wake(): void;
  stop(): void;
}

/** Timers of Node cannot wait longer than 2^31 - 1 ms; looking earlier costs nothing. */
const longestSleepMilliseconds = 3_600_000;

/** @param onFired told each instance that was given an event */
export function createTimerRunner(database: Database, onFired: (instanceId: string) => void): TimerRunner {
  let alarm: NodeJS.Timeout | undefined;
  const wake = () => {
    clearTimeout(alarm);
    const at = nextTimerAt(database);
    if (at !== undefined) {
      alarm = setTimeout(fire, Math.min(Math.max(at - Date.now(), 0), longestSleepMilliseconds));
    }
  };
  const fire = () => {
    for (const instanceId of fireTimers(database, Date.now())) {
      onFired(instanceId);
    }
    wake();
  };
  return { wake, stop: () => clearTimeout(alarm) };
}
