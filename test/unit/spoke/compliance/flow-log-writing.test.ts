import { expect, test } from "vitest";
import type { FlowLogCoverage } from "../../../../shared/domain/flow-log-coverage.ts";
import { flowLogWriting } from "../../../../shared/spoke/compliance/flow-log-writing.ts";

const now = "2026-11-27T12:00:00.000Z";
const coverage = {
  state: "Covered",
  newestBlob: "2026-11-27T11:00:00.000Z",
  checkedAt: "2026-11-27T11:30:00.000Z",
} as FlowLogCoverage;

test.each<[string, Partial<FlowLogCoverage>, boolean | null]>([
  ["a record of late was seen", {}, true],
  ["a machine runs and nothing came", { state: "Silent" }, false],
  ["nobody saw a record", { newestBlob: null }, null],
  ["it is missing", { state: "Missing" }, null],
  ["the pass that says so is older than a day", { checkedAt: "2026-11-26T11:59:59.000Z" }, null],
  ["it was silent, and nobody has looked for days", { state: "Silent", checkedAt: "2026-11-20T00:00:00.000Z" }, null],
])("where %s", (_, changes, writing) => {
  expect(flowLogWriting({ ...coverage, ...changes }, now).writing).toBe(writing);
});
