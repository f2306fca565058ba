import { readFileSync } from "node:fs";
import { defaultSchedules } from "../../shared/domain/default-schedules.ts";
import type { ScheduleSettings } from "../../shared/domain/platform-configuration.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * When timers run, from the platform configuration. Functions asks while the app starts, before anything else is read: a
 * configuration that cannot be read or is not valid gives the usual schedules here, and every call tells what is wrong.
 */
export function timerSchedules(environment: Environment): ScheduleSettings {
  const given = givenSchedules(environment.PLATFORM_CONFIGURATION_FILE);
  const of = (name: keyof ScheduleSettings) => {
    const schedule = given[name];
    return typeof schedule === "string" && ncrontab.test(schedule) ? schedule : defaultSchedules[name];
  };
  return {
    enforceFlowLogs: of("enforceFlowLogs"),
    applyHardening: of("applyHardening"),
    sweepCompliance: of("sweepCompliance"),
  };
}

const ncrontab = /^[\d*,/\-A-Za-z]+(?: [\d*,/\-A-Za-z]+){5}$/;

function givenSchedules(file: string | undefined): Readonly<Record<string, unknown>> {
  if (file === undefined) return {};
  try {
    const { schedules } = JSON.parse(readFileSync(file, "utf8")) as { schedules?: unknown };
    return typeof schedules === "object" && schedules !== null ? { ...schedules } : {};
  } catch {
    return {};
  }
}
