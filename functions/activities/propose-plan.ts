import { approvalOfRun } from "../../shared/domain/approval-of-run.ts";
import { durationMilliseconds } from "../../shared/domain/duration.ts";
import { isAtWork } from "../../shared/domain/spoke-record.ts";
import type { StoredPlan } from "../../shared/state/spoke-store.ts";
import type { Composition } from "../composition.ts";
import type { PlanAnswer, RunReference } from "./names.ts";

/** Shows a plan to who may approve it: from now on the time to decide runs. Nothing of it is the spoke's yet. */
export async function proposePlan(compose: Composition, run: RunReference, { plan }: StoredPlan): Promise<PlanAnswer> {
  const { approval: settings } = await compose.configuration();
  const period = durationMilliseconds(settings.expiresAfter) ?? 0;
  let until: string | null = null;
  const spokes = await compose.spokes();
  await spokes.updateRun(run.name, run.revision, (record) => {
    const approval = approvalOfRun(record);
    if (approval === null || !isAtWork(record.status)) return record;
    until = approval.expiresAt ?? new Date(Date.parse(compose.now()) + period).toISOString();
    if (approval.status !== "Pending") return record;
    const shown = { findings: plan.findings, error: null, approval: { ...approval, expiresAt: until } };
    return { ...record, ...shown, status: "AwaitingApproval" };
  });
  return until === null ? { refused: true } : { refused: false, lanes: [], awaits: until };
}
