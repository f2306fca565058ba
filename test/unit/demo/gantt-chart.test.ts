import { expect, test } from "vitest";
import { ganttChart } from "../../../local/demo/gantt-chart.ts";
import { styleFor, visibleWidth } from "../../../local/demo/style.ts";
import { spokeSample } from "./spoke-sample.ts";

const plain = styleFor(false, {});

test("shows each finished resource in Azure seconds, in the order of start, the critical path in full blocks", () => {
  const lines = ganttChart(spokeSample(), 20, 60, plain);
  expect(lines[0]).toMatch(/^ {2}rg-orders-prod █+ +10\.0 s$/);
  expect(lines[1]).toMatch(/^ {2}nsg-a +█+ +10\.0 s$/);
  expect(lines[2]).toBe("  20.0 Azure seconds from the first write to the last, 2.50 × the critical path");
  expect(lines[3]).toContain("8 s = rg-orders-prod 3 s > nsg-a 5 s");
  expect(lines[4]).toContain("2 Azure seconds: short ones look longer");
});

test("the second bar begins where the first one ends", () => {
  const [first, second] = ganttChart(spokeSample(), 20, 60, plain);
  expect(second?.indexOf("█")).toBe((first?.lastIndexOf("█") ?? 0) + 1);
});

test("a resource beside the critical path has another block", () => {
  const spoke = spokeSample({ criticalPath: { seconds: 3, resources: [{ id: "/other", seconds: 3 }] } });
  expect(ganttChart(spoke, 20, 60, plain)[0]).toContain("▒");
});

test("speed 0 is named as local time", () => {
  expect(ganttChart(spokeSample(), 0, 60, plain).at(-2)).toContain("1.0 local seconds (speed 0");
});

test("a run that wrote nothing says so", () => {
  expect(ganttChart(spokeSample({ resources: [] }), 20, 60, plain)).toEqual(["  Nothing was written."]);
});

test.each([50, 80, 160])("bars fit a terminal of %i columns", (width) => {
  const bars = ganttChart(spokeSample(), 20, width, styleFor(true, {})).slice(0, 2);
  expect(Math.max(...bars.map(visibleWidth))).toBeLessThanOrEqual(width);
});
