import { approvalOfRun } from "../../shared/domain/approval-of-run.ts";
import type { SpokeRecord } from "../../shared/domain/spoke-record.ts";
import type { StepView } from "../../shared/spoke/spoke-view.ts";
import { measured } from "../../shared/telemetry/instruments.ts";

/** Measures how long a run took that has ended, by its record; the days in which it waited for approval are not its own. */
export function measureRun(record: SpokeRecord, kind: "provision" | "remove"): void {
  const { startedAt, finishedAt, status } = record;
  const since = approvalOfRun(record)?.decidedAt ?? startedAt;
  if (since === null || finishedAt === null) return;
  measured.run({ kind, status, seconds: between(since, finishedAt) });
}

/** Measures how long the steps of a run took, those that came to an end. */
export function measureSteps(steps: readonly StepView[]): void {
  for (const { number, status, startedAt, finishedAt } of steps) {
    if (startedAt === null || finishedAt === null) continue;
    measured.step({ number, status, seconds: between(startedAt, finishedAt) });
  }
}

function between(start: string, end: string): number {
  return (Date.parse(end) - Date.parse(start)) / 1000;
}
