import { approvalOfRun } from "./approval-of-run.ts";
import { sameRequest } from "./same-request.ts";
import type { SpokeRecord } from "./spoke-record.ts";
import type { SpokeRequest } from "./spoke-request.ts";

/** Whether the last run of a spoke was asked for with this request, and ended before it was approved. */
export function isUnapprovedRequest(record: SpokeRecord, request: SpokeRequest): boolean {
  const approval = approvalOfRun(record);
  return approval !== null && approval.status !== "Approved" && sameRequest(approval.request, request);
}
