import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const namesIn = (text: string) => [...new Set(text.match(/zero_trust\.[a-z_.]*[a-z]/g))].sort();
const measured = namesIn(read("shared/telemetry/instruments.ts"));

test("the page names every metric, and no other", () => {
  expect(measured.length).toBeGreaterThan(5);
  expect(namesIn(read("docs/telemetry.md"))).toEqual(measured);
});

test.each(["infra/workbook.json", "infra/modules/alert-rules.bicep"])(
  "%s asks for metrics that are measured",
  (file) => {
    expect(namesIn(read(file)).filter((name) => !measured.includes(name))).toEqual([]);
  },
);
