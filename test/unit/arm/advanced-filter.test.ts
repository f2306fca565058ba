import { describe, expect, it } from "vitest";
import { matchesAdvancedFilter } from "../../../local/arm/events/advanced-filter.ts";
import { DeliverySchedule } from "../../../local/arm/events/delivery-schedule.ts";

const event = { subject: "/a/NSG-One", data: { count: 5, on: true, names: ["x", "y"], none: null } };
const matches = (operatorType: string, key: string, wanted: unknown, onArrays = false) =>
  matchesAdvancedFilter(
    { operatorType, key, ...(Array.isArray(wanted) ? { values: wanted } : { value: wanted }) },
    event,
    onArrays,
  );

describe("an advanced filter of an event subscription", () => {
  it.each<[string, string, unknown, boolean]>([
    ["StringIn", "subject", ["/A/nsg-one"], true],
    ["StringIn", "subject", ["/a"], false],
    ["StringNotIn", "subject", ["/a", "/b"], true],
    ["StringNotIn", "data.missing", ["/a"], true],
    ["StringContains", "Subject", ["nsg"], true],
    ["StringBeginsWith", "subject", ["/b", "/A"], true],
    ["StringNotBeginsWith", "subject", ["/b", "/A"], false],
    ["StringEndsWith", "subject", ["one"], true],
    ["StringNotContains", "subject", ["two"], true],
    ["NumberGreaterThan", "data.count", 4, true],
    ["NumberLessThanOrEquals", "data.count", 4, false],
    ["NumberIn", "data.count", [4, 5], true],
    [
      "NumberInRange",
      "data.count",
      [
        [1, 3],
        [5, 9],
      ],
      true,
    ],
    ["NumberNotInRange", "data.count", [[1, 3]], true],
    ["NumberGreaterThan", "subject", 4, false],
    ["BoolEquals", "data.on", true, true],
    ["IsNullOrUndefined", "data.none", undefined, true],
    ["IsNullOrUndefined", "data.missing", undefined, true],
    ["IsNotNull", "data.count", undefined, true],
    ["StringIn", "data.names", ["x"], false],
  ])("%s %s %j: %s", (operator, key, wanted, expected) => {
    expect(matches(operator, key, wanted)).toBe(expected);
  });

  it("looks into arrays where the subscription says so", () => {
    expect(matches("StringIn", "data.names", ["y"], true)).toBe(true);
    expect(matches("StringNotIn", "data.names", ["y"], true)).toBe(false);
  });

  it("of an unknown operator is an error, not a silence", () => {
    expect(() => matches("StringMatches", "subject", ["."])).toThrow("StringMatches");
  });
});

describe("the schedule of deliveries", () => {
  it("is Event Grid's, divided by the speed, and in milliseconds where all is at once", () => {
    const real = new DeliverySchedule(1);
    expect([1, 2, 3, 4, 9, 10, 29].map((attempts) => real.pauseAfter(attempts) / 1000)).toEqual([
      10, 30, 60, 300, 21_600, 43_200, 43_200,
    ]);
    expect(new DeliverySchedule(20).pauseAfter(1)).toBe(500);
    expect(new DeliverySchedule(0).pauseAfter(2)).toBe(30);
    expect(real.timeToLive(1440)).toBe(86_400_000);
  });
});
