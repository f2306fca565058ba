import { expect, test } from "vitest";
import { styleFor, visibleWidth } from "../../../local/demo/style.ts";
import { textTable } from "../../../local/demo/text-table.ts";

const plain = styleFor(false, {});
const columns = [{ heading: "Prio", alignRight: true }, { heading: "Name" }, { heading: "Port" }];

test("aligns columns, numbers at the right edge, and leaves no trailing space", () => {
  const rows = [
    ["105", "Allow-App", "443"],
    ["4096", "DenyAllInbound", "*"],
  ];
  expect(textTable(columns, rows, 80, plain)).toEqual([
    "  Prio  Name            Port",
    "   105  Allow-App       443",
    "  4096  DenyAllInbound  *",
  ]);
});

test("shortens the widest column until the table fits", () => {
  const rows = [["105", "Allow-App-Tier-to-Data-LB-Inbound", "1433"]];
  const lines = textTable(columns, rows, 30, plain);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(30);
  expect(lines[1]).toContain("Allow-App");
  expect(lines[1]).toContain("…");
  expect(lines[1]).toContain("1433");
});

test("a column that gives way is shortened before a wider one that does not", () => {
  const rows = [["105", "Allow-App-Tier-to-Data-LB-Inbound", "asg-orders-prod-front"]];
  const givingWay = [...columns.slice(0, 2), { heading: "From", givesWay: true }];
  const lines = textTable(givingWay, rows, 56, plain);
  expect(lines[1]).toBe("   105  Allow-App-Tier-to-Data-LB-Inbound  asg-orders-p…");
});

test("a table without rows is its headings", () => {
  expect(textTable(columns, [], 80, plain)).toEqual(["  Prio  Name  Port"]);
});

test("colours do not count as columns", () => {
  const coloured = styleFor(true, {});
  const [heading] = textTable(columns, [], 80, coloured);
  expect(heading).toContain("\u001b[2m");
  expect(visibleWidth(heading ?? "")).toBe("  Prio  Name  Port".length);
});
