import { expect, test } from "vitest";
import { ProgressDisplay } from "../../../local/demo/progress-display.ts";
import { progressBars, progressChanges, stepProgress } from "../../../local/demo/step-progress.ts";
import { styleFor, visibleWidth } from "../../../local/demo/style.ts";
import { spokeSample } from "./spoke-sample.ts";

const plain = styleFor(false, {});

test("counts the resources of each step", () => {
  expect(stepProgress(spokeSample()).map(({ number, done, total }) => [number, done, total])).toEqual([
    [1, 0, 0],
    [2, 1, 1],
    [3, 1, 2],
    [7, 0, 0],
  ]);
});

test("a bar is as full as its step", () => {
  const [one, two, three] = progressBars(stepProgress(spokeSample()), 120, plain);
  expect(one).toContain("░".repeat(20));
  expect(two).toContain(`${"█".repeat(20)}     1/1  Succeeded`);
  expect(three).toContain(`${"█".repeat(10)}${"░".repeat(10)}     1/2  Running`);
});

test.each([66, 80, 200])("no line is wider than a terminal of %i columns", (width) => {
  const lines = progressBars(stepProgress(spokeSample()), width, styleFor(true, {}));
  expect(Math.max(...lines.map(visibleWidth))).toBeLessThanOrEqual(width);
});

test("a log gets a line for each step that changed, and none for what stands still or has not begun", () => {
  const before = stepProgress(spokeSample());
  expect(progressChanges([], before)).toEqual([
    "Step 2  Isolate in a resource group: Succeeded (1 of 1)",
    "Step 3  A network security group for each subnet: Running (1 of 2)",
    "Step 7  Threat detection: NotApplicable",
  ]);
  expect(progressChanges(before, before)).toEqual([]);
  const now = before.map((step) => (step.number === 3 ? { ...step, done: 2, status: "Succeeded" } : step));
  expect(progressChanges(before, now)).toEqual([
    "Step 3  A network security group for each subnet: Succeeded (2 of 2)",
  ]);
});

test("a terminal is redrawn in place, a pipe gets lines without escape sequences", () => {
  const written: string[] = [];
  const screen = { isTTY: true, columns: 100, write: (text: string) => written.push(text) };
  const live = new ProgressDisplay(screen, plain);
  live.show(spokeSample());
  live.show(spokeSample());
  expect(written[0]?.startsWith("\u001b[2K")).toBe(true);
  expect(written[1]?.startsWith("\u001b[4A\u001b[2K")).toBe(true);

  const lines: string[] = [];
  const piped = new ProgressDisplay({ write: (text: string) => lines.push(text) }, plain);
  piped.show(spokeSample());
  piped.show(spokeSample());
  expect(lines).toHaveLength(3);
  expect(lines.join("")).not.toContain("\u001b");
});
