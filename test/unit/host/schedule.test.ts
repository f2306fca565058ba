import { describe, expect, it } from "vitest";
import { parseSchedule, ScheduleError } from "../../../local/host/triggers/schedule.ts";

const next = (text: string, after: string, settings: Record<string, string> = {}) =>
  parseSchedule(text, settings).next(new Date(after)).toISOString();

describe("a schedule", () => {
  it.each([
    ["0 */5 * * * *", "2026-01-01T00:01:00Z", "2026-01-01T00:05:00.000Z"],
    ["*/5 * * * *", "2026-01-01T00:01:00Z", "2026-01-01T00:05:00.000Z"],
    ["0 30 9 * * 1-5", "2026-01-02T10:00:00Z", "2026-01-05T09:30:00.000Z"],
    ["0 0 0 1 JAN *", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00.000Z"],
    ["0 0 0 13 * 5", "2026-01-01T00:00:00Z", "2026-02-13T00:00:00.000Z"],
    ["01:30:00", "2026-01-01T00:00:00Z", "2026-01-01T01:30:00.000Z"],
  ])("%s after %s is %s", (text, after, expected) => {
    expect(next(text, after)).toBe(expected);
  });

  it("may be a setting", () => {
    expect(next("%WHEN%", "2026-01-01T00:00:00Z", { WHEN: "0 0 3 * * *" })).toBe("2026-01-01T03:00:00.000Z");
    expect(() => parseSchedule("%WHEN%", {})).toThrow('The setting "WHEN" of the schedule is missing.');
  });

  it("follows the time zone of the app", () => {
    const settings = { WEBSITE_TIME_ZONE: "Europe/Berlin" };
    expect(next("0 0 3 * * *", "2026-07-01T00:00:00Z", settings)).toBe("2026-07-01T01:00:00.000Z");
  });

  it.each([["every day"], [""], ["* * *"], ["0 0 0 0 0 0 0"], ["61 * * * * *"]])("%j is refused", (text) => {
    expect(() => parseSchedule(text, {})).toThrow(ScheduleError);
  });
});
