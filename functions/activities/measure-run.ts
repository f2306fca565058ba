import type { SpokeRecord } from "../../shared/domain/spoke-record.ts";
import type { StepView } from "../../shared/spoke/spoke-view.ts";
import { measured } from "../../shared/telemetry/instruments.ts";

/** Measures how long a run took that has ended, by its record. */
export function measureRun({ startedAt, finishedAt, status }: SpokeRecord, kind: "provision" | "remove"): void {
  if (startedAt === null || finishedAt === null) return;
  measured.run({ kind, status, seconds: between(startedAt, finishedAt) });
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
