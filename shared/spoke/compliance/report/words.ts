import type { ComplianceStatus, ControlStatus } from "../../../domain/compliance.ts";

/** Statuses as people say them. */
export const statusWords: Readonly<Record<ControlStatus | ComplianceStatus, string>> = {
  pass: "Pass",
  fail: "Fail",
  exempt: "Exempt",
  notApplicable: "Not applicable",
  unknown: "Unknown",
  Compliant: "Compliant",
  NonCompliant: "Not compliant",
  NotAssessed: "Not assessed",
  Skipped: "Skipped",
};

/** `2026-11-27 04:00 UTC`: the sweep's own words are exact, people read minutes. */
export function momentWords(moment: string): string {
  return moment.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z$/, "$1 $2 UTC");
}

export function scoreWords(score: number | null): string {
  return score === null ? "–" : score.toFixed(1);
}
