import { Cron } from "croner";

/** When a timer function runs. */
export interface Schedule {
  /** The next time after the given one. */
  next(after: Date): Date;
}

/** The schedule of a timer function cannot be understood. */
export class ScheduleError extends Error {
  override name = "ScheduleError";
}

/**
 * Parses the schedule of a timer function: a setting (`%NAME%`), an NCRONTAB expression of five or six fields, or an
 * interval (`hh:mm:ss`). Documentation: "Timer trigger for Azure Functions", section "NCRONTAB expressions".
 * @param settings where `%NAME%` is looked up
 * @throws ScheduleError
 */
export function parseSchedule(text: string, settings: NodeJS.ProcessEnv): Schedule {
  const expression = text.replace(/%([^%]+)%/g, (_, name: string) => {
    const value = settings[name];
    if (value === undefined) {
      throw new ScheduleError(`The setting "${name}" of the schedule is missing.`);
    }
    return value;
  });
  const interval = /^(\d+):(\d\d):(\d\d)$/.exec(expression.trim());
  if (interval) {
    const [hours = 0, minutes = 0, seconds = 0] = interval.slice(1).map(Number);
    const milliseconds = (hours * 3600 + minutes * 60 + seconds) * 1000;
    return { next: (after) => new Date(after.getTime() + milliseconds) };
  }
  return parseCron(expression, settings.WEBSITE_TIME_ZONE);
}

function parseCron(expression: string, timezone = "Etc/UTC"): Schedule {
  let cron: Cron;
  try {
    // NCRONTAB: a day must satisfy both its fields; other dialects want one of them.
    cron = new Cron(expression, { paused: true, timezone, domAndDow: true, mode: "5-or-6-parts" });
  } catch (error) {
    throw new ScheduleError(`The schedule "${expression}" is not an NCRONTAB expression.`, { cause: error });
  }
  return {
    next: (after) => {
      const next = cron.nextRun(after);
      if (!next) {
        throw new ScheduleError(`The schedule "${expression}" never occurs.`);
      }
      return next;
    },
  };
}
