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

export function scoreWords(score: number | null): string {
  return score === null ? "–" : score.toFixed(1);
}
