import type { Approval } from "../../shared/domain/approval.ts";
import { approvalOfRun } from "../../shared/domain/approval-of-run.ts";
import type { Failure } from "../../shared/domain/errors.ts";
import { withoutUnapproved } from "../../shared/domain/without-unapproved.ts";
import type { SpokeStore } from "../../shared/state/spoke-store.ts";
import type { Composition } from "../composition.ts";
import { currentRun } from "./current-run.ts";
import type { ApprovalAnswer, RunReference } from "./names.ts";

/**
 * Activity: looks up in the record whether the run may go on. What nobody decided in time expires here; what is refused
 * ends here, and gives back the addresses of a spoke of which nothing stands.
 */
export function settleApproval(compose: Composition): (run: RunReference) => Promise<ApprovalAnswer> {
  return async (run) => {
    const spokes = await compose.spokes();
    await expireWhenDue(spokes, run, compose.now());
    const record = await currentRun(spokes, run);
    const approval = record === null ? null : approvalOfRun(record);
    if (record === null || approval === null) return "ended";
    if (approval.status === "Pending") return "pending";
    if (approval.status === "Approved") return "approved";
    // Before the record says that it is over: a crash between the two must not keep the addresses for ever.
    if (record.resources.length === 0) await (await compose.leases()).release(run.name);
    await spokes.updateRun(run.name, run.revision, (found) => ({
      ...withoutUnapproved(found),
      status: "Rejected",
      error: refusalOf(approval),
      finishedAt: compose.now(),
    }));
    return "ended";
  };
}

async function expireWhenDue(spokes: SpokeStore, run: RunReference, now: string): Promise<void> {
  await spokes.updateRun(run.name, run.revision, (record) => {
    const approval = approvalOfRun(record);
    const due = approval?.expiresAt != null && Date.parse(approval.expiresAt) <= Date.parse(now);
    if (approval?.status !== "Pending" || !due) return record;
    return { ...record, approval: { ...approval, status: "Expired" } };
  });
}

function refusalOf({ status, decidedBy, comment, expiresAt }: Approval): Failure {
  if (status === "Expired") {
    return {
      code: "ApprovalExpired",
      message: `Nobody decided until ${expiresAt}.`,
      resourceId: null,
      remedy: "Ask for the same again, and tell somebody with the role Approve.",
    };
  }
  return {
    code: "ApprovalRejected",
    message: `${decidedBy?.name ?? "Somebody"} rejected it${comment === "" ? "." : `: ${comment}`}`,
    resourceId: null,
    remedy: "Settle it with who rejected it, then ask again, the same or otherwise.",
  };
}
