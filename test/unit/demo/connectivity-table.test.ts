import { expect, test } from "vitest";
import { connectivityTable } from "../../../local/demo/connectivity-table.ts";
import { styleFor } from "../../../local/demo/style.ts";

test("a flow that passes, one that does not, one that need not and one of which nothing is known", () => {
  const flow = (from: string, required: boolean, passes: boolean | null) => ({
    from,
    to: "tier data",
    protocol: from === "gateway" ? "*" : "Tcp",
    ports: from === "gateway" ? "*" : "1433",
    required,
    passes,
    deciding: [
      { direction: "Outbound", rule: "first" },
      { direction: "Inbound", rule: "last" },
    ],
  });
  const flows = [
    flow("tier app", true, true),
    flow("tier front", true, false),
    flow("gateway", false, false),
    flow("x", true, null),
  ];
  const lines = connectivityTable({ status: "Proven", flows, counterexamples: [] }, 200, styleFor(false, {}));
  expect(lines.slice(1).map((line) => line.trim().split(/ {2,}/))).toEqual([
    ["tier app", "tier data", "Tcp 1433", "yes", "last"],
    ["tier front", "tier data", "Tcp 1433", "no", "last"],
    ["gateway", "tier data", "*", "need not", "last"],
    ["x", "tier data", "Tcp 1433", "?", "last"],
  ]);
});
