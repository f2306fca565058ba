import { describe, expect, test } from "vitest";
import { backOffUntil } from "../../../../shared/spoke/changes/back-off.ts";

const minute = 60_000;
const start = Date.parse("2026-11-27T10:00:00Z");
const at = (minutes: number) => new Date(start + minutes * minute).toISOString();
const restoredAt = (key: string, ...minutes: number[]) => minutes.map((one) => ({ key, at: at(one) }));

describe("standing back", () => {
  test("begins after three restorations of the same within an hour, and doubles to a day", () => {
    const until = (...minutes: number[]) =>
      backOffUntil({ restored: restoredAt("tag", ...minutes) }, ["tag"], false, at(minutes.at(-1) ?? 0));
    expect(until(0, 1)).toBeNull();
    expect(until(0, 1, 2)).toBe(at(2 + 15));
    expect(until(0, 1, 2, 17)).toBe(at(17 + 30));
    // The hour in which it began is over, and the fight is not.
    expect(until(0, 1, 2, 17, 47, 107)).toBe(at(107 + 120));
    expect(until(0, 40, 80)).toBeNull();
  });

  test("is at most five minutes where something critical stands", () => {
    const rounds = Array.from({ length: 200 }, (_, index) => index * 5);
    expect(backOffUntil({ restored: restoredAt("rule", 0, 1, 2) }, ["rule"], true, at(2))).toBe(at(3));
    expect(backOffUntil({ restored: restoredAt("rule", ...rounds) }, ["rule"], true, at(995))).toBe(at(1000));
    const others = rounds.flatMap((one) => restoredAt(`rule-${one}`, one / 50));
    expect(backOffUntil({ restored: others }, ["fresh"], true, at(20))).toBe(at(19.9 + 5));
  });

  test("about one thing holds up nothing else", () => {
    const restored = restoredAt("tag", 0, 1, 2);
    expect(backOffUntil({ restored }, ["tag"], false, at(3))).not.toBeNull();
    expect(backOffUntil({ restored }, ["tag", "port"], true, at(3))).toBeNull();
  });

  test("one restoration of many deviations is one", () => {
    const restored = Array.from({ length: 30 }, (_, index) => ({ key: `rule-${index}`, at: at(0) }));
    expect(backOffUntil({ restored }, ["rule-0", "rule-31"], false, at(1))).toBeNull();
  });

  test("ends when the time has come", () => {
    expect(backOffUntil({ restored: restoredAt("tag", 0, 1, 2) }, ["tag"], false, at(17))).toBeNull();
  });
});
