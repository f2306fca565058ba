import { defaultSchedules } from "../../shared/domain/default-schedules.ts";
import type { ScheduleSettings } from "../../shared/domain/platform-configuration.ts";
import { readPlatformFile } from "./read-platform-file.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * When timers run, from the platform configuration. Functions asks while the app starts, before anything else is read: a
 * configuration that cannot be read or is not valid gives the usual schedules here, and every call tells what is wrong.
 */
export function timerSchedules(environment: Environment): ScheduleSettings {
  const { schedules } = readPlatformFile(environment);
  const given: Readonly<Record<string, unknown>> =
    typeof schedules === "object" && schedules !== null ? { ...schedules } : {};
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
