import { expect, test, vi } from "vitest";
import { measureRun } from "../../../functions/activities/measure-run.ts";
import type { Approval } from "../../../shared/domain/approval.ts";
import type { SpokeRecord } from "../../../shared/domain/spoke-record.ts";
import { measured } from "../../../shared/telemetry/instruments.ts";

const approval = (revision: number, decidedAt: string | null) =>
  ({ revision, status: "Approved", decidedAt }) as unknown as Approval;
const record = (part: Partial<SpokeRecord>) =>
  ({
    revision: 2,
    status: "Succeeded",
    startedAt: "2026-01-01T00:00:00.000Z",
    finishedAt: "2026-01-03T00:06:00.000Z",
    ...part,
  }) as SpokeRecord;

test.each([
  ["a run that needs no approval", undefined, 172_800 + 360],
  ["a run whose approval took two days", approval(2, "2026-01-03T00:00:00.000Z"), 360],
  ["a run after one that was approved", approval(1, "2025-12-01T00:00:00.000Z"), 172_800 + 360],
])("%s", (_what, decided, seconds) => {
  const run = vi.spyOn(measured, "run");
  measureRun(record({ approval: decided }), "provision");
  expect(run).toHaveBeenCalledExactlyOnceWith({ kind: "provision", status: "Succeeded", seconds });
});

test("a run that never began is not measured", () => {
  const run = vi.spyOn(measured, "run");
  measureRun(record({ startedAt: null }), "provision");
  expect(run).not.toHaveBeenCalled();
});
