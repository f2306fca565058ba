import type { Approval, Person } from "./approval.ts";
import type { Failure } from "./errors.ts";
import type { Finding, StepNumber } from "./finding.ts";
import type { Ownership, ResourceBodies, ResourceType } from "./resource.ts";
import type { SpokeRequest } from "./spoke-request.ts";

export type SpokeStatus =
  | "Accepted"
  | "AwaitingApproval"
  | "Rejected"
  | "Running"
  | "Succeeded"
  | "Failed"
  | "Removing"
  | "Removed";

/** Whether an orchestration is at work on the spoke. */
export function isAtWork(status: SpokeStatus): boolean {
  return status === "Accepted" || status === "AwaitingApproval" || status === "Running" || status === "Removing";
}

/** Whether something of the spoke stands, or shall. */
export function isStanding(status: SpokeStatus): boolean {
  return status !== "Removed" && status !== "Rejected";
}

/** A resource of the last run, with what a later run needs to take it down in the right order. */
export interface RecordedResource {
  readonly id: string;
  readonly type: ResourceType;
  readonly ownership: Ownership;
  readonly steps: readonly StepNumber[];
  readonly dependsOn: readonly string[];
  /** Of a role assignment: what it grants, so that an adopted equal one is found again when it shall go. */
  readonly assignment?: ResourceBodies["Microsoft.Authorization/roleAssignments"];
}

/** The stored record of a spoke: written before its orchestration starts, and the authority on it. */
export interface SpokeRecord {
  readonly version: 1;
  readonly name: string;
  readonly request: SpokeRequest;
  readonly requester: Person;
  readonly status: SpokeStatus;
  /** Counts the runs; each run has its own plan and journal. */
  readonly revision: number;
  readonly addressPrefix: string;
  readonly tierSlots: Readonly<Record<string, number>>;
  /** What earlier runs made or joined. */
  readonly resources: readonly RecordedResource[];
  /** Of the latest run that needed one. */
  readonly approval?: Approval | undefined;
  /** The latest that was given: its request may run again as it is. */
  readonly approved?: Approval | undefined;
  /** Of a spoke that stands: what a request that nobody approved yet would replace. */
  readonly replaced?: Pick<SpokeRecord, "request" | "tierSlots"> | undefined;
  readonly findings: readonly Finding[];
  readonly error: Failure | null;
  /** Of the call or timer that the latest run goes back to (W3C Trace Context); versions before kept none. */
  readonly traceparent?: string | undefined;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}
