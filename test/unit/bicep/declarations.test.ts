import { expect, test } from "vitest";
import type { ArmWrite } from "../../bicep/arm-write.ts";
import { bicepString, bicepValue } from "../../bicep/bicep-value.ts";
import { toldFindings } from "../../bicep/body-findings.ts";
import { bicepFiles, declarations, headLines } from "../../bicep/declarations.ts";
import { standInFor } from "../../bicep/stand-ins.ts";

const group = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-a";
const ipGroup: ArmWrite = {
  caller: null,
  path: `${group}/providers/Microsoft.Network/ipGroups/ipg-a`,
  apiVersion: "2026-01-01",
  body: { location: "westeurope", properties: { ipAddresses: ["10.0.0.0/24"], "odd-name": {} } },
};

test("a string keeps every character in one literal on one line", () => {
  expect(bicepString(`it's \${a} \\ $5`)).toBe(`'it\\'s \\\${a} \\\\ $5'`);
  expect(bicepString("a\r\nb\u2028")).toBe("'a\\u{d}\\u{a}b\\u{2028}'");
});

test("every property and element has its line and says which it is", () => {
  const lines = bicepValue({ a: [1, { b: null }], c: {}, d: [], e: true }, "", "= ");
  expect(lines.map(({ text, property }) => [text, property])).toEqual([
    ["= {", ""],
    ["'a': [", "a"],
    ["1", "a[0]"],
    ["{", "a[1]"],
    ["'b': null", "a[1].b"],
    ["}", "a[1]"],
    ["]", "a"],
    ["'c': {}", "c"],
    ["'d': []", "d"],
    ["'e': true", "e"],
    ["}", ""],
  ]);
});

test("a fraction has no literal", () => {
  expect(() => bicepValue({ a: 1.5 }, "", "")).toThrow("a is 1.5");
});

test("a write is a declaration in the file of its scope, and each line of the file leads back to it", () => {
  const declared = declarations([ipGroup, { ...ipGroup, path: group, body: {} }], () => "2025-09-01");
  const files = bicepFiles(declared);
  const text = files.get("resourceGroup.bicep")?.split("\n") ?? [];
  expect(text.slice(0, headLines + 2)).toEqual([
    "targetScope = 'resourceGroup'",
    "param written bool",
    "resource r0 'Microsoft.Network/ipGroups@2025-09-01' = if (written) {",
    "'location': 'westeurope'",
  ]);
  const line = text.indexOf("'odd-name': {}");
  expect(declared.get("resourceGroup")?.[line - headLines]).toMatchObject({
    property: "properties.odd-name",
    write: ipGroup,
  });
  expect(files.get("subscription.bicep")).toContain("'name': 'rg-a'");
  expect(files.get("main.bicep")?.match(/^module /gm)).toHaveLength(2);
});

test("another version stands in for what was sent to its provider, in any casing, and for nothing else", () => {
  const standIn = { provider: "microsoft.network", sent: "2026-01-01", checked: "2025-09-01", reason: "" };
  expect(standInFor([standIn], ipGroup)).toBe(standIn);
  expect(standInFor([standIn], { ...ipGroup, apiVersion: "2024-06-01" })).toBeUndefined();
  expect(standInFor([standIn], { ...ipGroup, path: group })).toBeUndefined();
});

test("findings that say the same of the same property are told once, with path, property and message", () => {
  const finding = { ruleId: "BCP037", message: "No.", write: ipGroup, type: "T@1" };
  expect(
    toldFindings([
      { ...finding, property: "a[0].b" },
      { ...finding, property: "a[7].b" },
      { ...finding, property: "" },
    ]),
  ).toEqual([
    `a[0].b: BCP037 No. PUT ${ipGroup.path}?api-version=2026-01-01, judged as T@1 (and 1 more)`,
    `the body: BCP037 No. PUT ${ipGroup.path}?api-version=2026-01-01, judged as T@1`,
  ]);
});
