import { Cron } from "croner";
import * as z from "zod";
import { defaultSchedules } from "./default-schedules.ts";
import { durationMilliseconds } from "./duration.ts";
import { guid, lineOfText } from "./field-schemas.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** NCRONTAB of Azure Functions has six fields, seconds first ("Timer trigger for Azure Functions", NCRONTAB expressions). */
function isNcrontab(text: string): boolean {
  if (!/^[\d*,/\-A-Za-z]+(?: [\d*,/\-A-Za-z]+){5}$/.test(text)) return false;
  try {
    return new Cron(text, { paused: true }).nextRun() !== null;
  } catch {
    return false;
  }
}

const ncrontab = z.string().refine(isNcrontab, "Must be an NCRONTAB expression of six fields, like 0 30 2 * * *.");

function durationWithin(shortest: number, longest: number, example: string) {
  return z.string().refine(
    (text) => {
      const length = durationMilliseconds(text);
      return length !== null && length >= shortest && length <= longest;
    },
    `Must be an ISO 8601 duration of days, hours, minutes and seconds, from ${shortest / hour} to ${longest / hour} hours, like ${example}.`,
  );
}

export const schedulesSchema = z
  .strictObject({
    enforceFlowLogs: ncrontab.default(defaultSchedules.enforceFlowLogs),
    applyHardening: ncrontab.default(defaultSchedules.applyHardening),
    sweepCompliance: ncrontab.default(defaultSchedules.sweepCompliance),
  })
  .prefault({});

// Names of management groups: 1–90 letters, digits, _ - . ( ) ("Naming rules and restrictions").
const managementGroup = z.string().regex(/^[A-Za-z0-9_\-.()]{1,90}$/, "Must be the name of a management group.");

const scopeSchema = z
  .strictObject({
    managementGroups: z.array(managementGroup).default([]),
    excludedSubscriptionIds: z.array(guid).default([]),
    tag: z
      .strictObject({ name: lineOfText(512).min(1), value: lineOfText(256).nullable() })
      .nullable()
      .default(null),
  })
  .prefault({});

export const enforcementSchema = z
  .strictObject({
    scope: scopeSchema,
    undoLasts: durationWithin(hour / 60, 30 * day, "PT24H").default("PT24H"),
    longestExemption: durationWithin(hour, 366 * day, "P90D").default("P90D"),
    flowLogSilence: durationWithin(hour, 7 * day, "PT3H").default("PT3H"),
    learningWindow: durationWithin(hour, 90 * day, "P30D").default("P30D"),
    // Just-in-time access opens ports for 1 to 24 hours ("Enable just-in-time access on VMs").
    justInTimeAccess: durationWithin(hour, day, "PT3H").default("PT3H"),
  })
  .prefault({});

export const notificationsSchema = z
  .array(
    z.strictObject({
      name: lineOfText(64).min(1),
      kind: z.enum(["teams", "webhook"]),
      urlSetting: z
        .string()
        .regex(/^[A-Z][A-Z0-9_]{0,127}$/, "Must be the name of an app setting like NETWORK_ALERTS_URL."),
      minimumSeverity: z.enum(["critical", "high", "medium", "low", "none"]).default("low"),
    }),
  )
  .default([]);
