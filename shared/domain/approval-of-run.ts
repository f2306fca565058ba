import type { Approval } from "./approval.ts";
import type { SpokeRecord } from "./spoke-record.ts";

/** The approval that the record's own run needs or needed; null where it needs none. */
export function approvalOfRun({ approval, revision, status }: SpokeRecord): Approval | null {
  return status !== "Removing" && approval !== undefined && approval.revision === revision ? approval : null;
}
