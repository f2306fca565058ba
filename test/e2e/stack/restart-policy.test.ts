import { expect, test } from "vitest";
import { type Life, nextRestart } from "../../../local/stack/restart-policy.ts";

const steady: Life = { readyAt: 0, diedAt: 60_000 };
const quick: Life = { readyAt: 0, diedAt: 10 };
const neverReady: Life = { readyAt: null, diedAt: 60_000 };

test("a process that worked for a while starts again at once, however often", () => {
  expect(nextRestart(Array<Life>(50).fill(steady))).toBe(0);
});

test("quick deaths in a row wait longer each time, and the seventh is the last", () => {
  const delays = Array.from({ length: 7 }, (_, index) => nextRestart(Array<Life>(index + 1).fill(quick)));
  expect(delays).toEqual([0, 250, 500, 1000, 2000, 4000, null]);
});

test("never becoming ready counts as dying at once, and one steady life forgives all before it", () => {
  expect(nextRestart([quick, neverReady, neverReady])).toBe(500);
  expect(nextRestart([quick, neverReady, steady, quick])).toBe(0);
});
