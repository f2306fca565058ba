import { expect, test } from "vitest";
import { durationMilliseconds } from "../../../shared/domain/duration.ts";

test.each([
  ["PT72H", 72 * 3_600_000],
  ["P3D", 3 * 86_400_000],
  ["P1DT2H3M4S", 93_784_000],
  ["PT90M", 5_400_000],
  ["PT0S", 0],
])("%s is %d milliseconds", (text, milliseconds) => {
  expect(durationMilliseconds(text)).toBe(milliseconds);
});

test.each(["", "P", "PT", "P1DT", "72H", "PT1.5H", "P1M", "P1W", "-PT1H", "PT1H ", "pt1h", "P1Y", "PT99999999999H"])(
  "%j is no duration of days, hours, minutes and seconds",
  (text) => {
    expect(durationMilliseconds(text)).toBeNull();
  },
);
