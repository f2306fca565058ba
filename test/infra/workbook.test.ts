import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

interface Item {
  readonly type: number;
  readonly name: string;
  readonly content: { readonly query?: string; readonly queryType?: number; readonly resourceType?: string };
}
const text = readFileSync("infra/workbook.json", "utf8");
const { items } = JSON.parse(text) as { items: Item[] };
const queries = items.filter(({ type }) => type === 3);
const instruments = "shared/telemetry/instruments.ts";

it("asks Application Insights in its words, and Azure Resource Graph in its own", () => {
  expect(new Set(items.map(({ name }) => name)).size).toBe(items.length);
  for (const { name, content } of queries) {
    const isGraph = content.queryType === 1;
    expect(content.resourceType, name).toBe(
      isGraph ? "microsoft.resourcegraph/resources" : "microsoft.insights/components",
    );
    expect(content.query, name).toMatch(isGraph ? /^resource(s|containers)\n/ : /^(customMetrics|traces)\n/);
  }
});

it("is bound to the component of the installation", () => {
  expect(text).toContain('"fallbackResourceIds": ["{applicationInsightsResourceId}"]');
});

it.skipIf(!existsSync(instruments))(`asks for metrics that the app has (needs ${instruments})`, () => {
  const has = readFileSync(instruments, "utf8");
  const asked = new Set(text.match(/zero_trust\.[a-z_.]+/g));
  expect(asked.size).toBeGreaterThan(5);
  expect([...asked].filter((name) => !has.includes(`"${name}"`))).toEqual([]);
});
