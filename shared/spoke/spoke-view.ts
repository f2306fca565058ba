import type { Approval } from "../domain/approval.ts";
import type { Failure } from "../domain/errors.ts";
import type { Finding, StepNumber } from "../domain/finding.ts";
import type { Change, CriticalPath, Plan } from "../domain/plan.ts";
import type { ResourceType } from "../domain/resource.ts";
import type { JournalEntry } from "../domain/run-journal.ts";
import { isAtWork, type SpokeRecord } from "../domain/spoke-record.ts";
import { correlationIdOf, parseTraceParent } from "../domain/trace-parent.ts";
import { type ResourceStatus, type StepStatus, stepStatuses } from "./step-statuses.ts";
import { steps } from "./steps/index.ts";

/** One resource of the run that is shown. */
export interface ResourceView {
  readonly id: string;
  readonly type: ResourceType;
  readonly steps: readonly StepNumber[];
  readonly action: Change["action"];
  readonly reasons: readonly string[];
  readonly status: ResourceStatus;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly error: Failure | null;
}

export interface StepView {
  readonly number: StepNumber;
  readonly name: string;
  readonly status: StepStatus;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly resources: readonly ResourceView[];
  readonly findings: readonly Finding[];
}

/** A spoke as `GET /spokes/{name}` answers it (contract §2). */
export interface SpokeView
  extends Omit<
    SpokeRecord,
    "version" | "resources" | "tierSlots" | "approval" | "approved" | "replaced" | "traceparent"
  > {
  readonly approval: Approval | null;
  /** Of the latest run, in the log of the app and in Azure's activity log; null of runs of earlier versions. */
  readonly correlationId: string | null;
  /** While the run awaits approval: all that it would change. */
  readonly changes?: readonly Change[];
  readonly steps: readonly StepView[];
  readonly resources: readonly ResourceView[];
  readonly criticalPath: CriticalPath | null;
}

/**
 * The record with the progress of its run: the plan says what is to be done, the journal what has been done. In a run
 * that ended nothing runs any more: what was begun and has no end failed.
 */
export function spokeView(record: SpokeRecord, plan: Plan | null, journal: readonly JournalEntry[]): SpokeView {
  const ended = !isAtWork(record.status);
  const resources =
    plan === null ? [] : plan.changes.map((change, index) => resourceView(change, index, journal, ended));
  const statuses = stepStatuses(record, plan === null ? null : resources);
  const { version: _version, resources: _resources, tierSlots: _slots, ...kept } = record;
  const { approval = null, approved: _approved, replaced: _replaced, traceparent, ...shown } = kept;
  const trace = parseTraceParent(traceparent);
  return {
    ...shown,
    approval,
    correlationId: trace === null ? null : correlationIdOf(trace),
    ...(plan !== null && record.status === "AwaitingApproval" ? { changes: plan.changes } : {}),
    steps: steps.map((step) => stepView(step, resources, statuses.get(step.number) ?? "Pending", record.findings)),
    resources,
    criticalPath: plan?.criticalPath ?? null,
  };
}

function resourceView(change: Change, index: number, journal: readonly JournalEntry[], ended: boolean): ResourceView {
  const entries = journal.filter((entry) => entry.change === index);
  const last = entries.at(-1);
  const finished = last?.event === "finished" ? last : null;
  const error = finished?.failure ?? (ended && last?.event === "started" ? interrupted(change.id) : null);
  return {
    id: change.id,
    type: change.type,
    steps: change.steps,
    // A repeated attempt finds the work of the first one done: what the plan says stays what was done.
    action: change.action,
    reasons: change.reasons,
    status: change.action === "none" ? "Succeeded" : statusOf(last, error),
    startedAt: entries[0]?.at ?? null,
    finishedAt: finished?.at ?? null,
    error,
  };
}

function statusOf(last: JournalEntry | undefined, error: Failure | null): ResourceStatus {
  if (last === undefined) return "Pending";
  if (error !== null) return "Failed";
  return last.event === "started" ? "Running" : "Succeeded";
}

function interrupted(resourceId: string): Failure {
  return {
    code: "Interrupted",
    message: "The run ended while it was at work on this resource.",
    resourceId,
    remedy: "Ask for the same spoke again: what stands is kept and the rest is made.",
  };
}

function stepView(
  step: { readonly number: StepNumber; readonly name: string },
  all: readonly ResourceView[],
  status: StepStatus,
  findings: readonly Finding[],
): StepView {
  const resources = all.filter((resource) => resource.steps.includes(step.number));
  const times = (values: readonly (string | null)[]) => values.filter((value) => value !== null).sort();
  const finished = status === "Succeeded" || status === "Failed";
  return {
    number: step.number,
    name: step.name,
    status,
    startedAt: times(resources.map((resource) => resource.startedAt))[0] ?? null,
    finishedAt: finished ? (times(resources.map((resource) => resource.finishedAt)).at(-1) ?? null) : null,
    resources,
    findings: findings.filter((finding) => finding.step === step.number),
  };
}
