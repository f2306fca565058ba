import { approvalOfRun } from "./approval-of-run.ts";
import type { SpokeRecord } from "./spoke-record.ts";

/**
 * The record after a run that ends without approval: a spoke that stands has the request again by which it stands, so
 * that whoever builds on the record never makes what nobody approved.
 */
export function withoutUnapproved(record: SpokeRecord): SpokeRecord {
  const approval = approvalOfRun(record);
  const { replaced, ...rest } = record;
  return approval === null || approval.status === "Approved" ? rest : { ...rest, ...replaced };
}
