import type { SpokeRequest } from "./spoke-request.ts";

/** Somebody, as Microsoft Entra knows them. */
export interface Person {
  readonly objectId: string;
  readonly name: string;
}

export type ApprovalStatus = "Pending" | "Approved" | "Rejected" | "Expired";

/** Whether a run may be carried out, as somebody else than who asked for it decides. Times are ISO 8601 in UTC. */
export interface Approval {
  /** The run that asks. */
  readonly revision: number;
  readonly status: ApprovalStatus;
  /** Who asked for this run: they may not decide on it. */
  readonly requestedBy: Person;
  readonly requestedAt: string;
  /** Null until the plan can be seen: the time to decide begins with it. */
  readonly expiresAt: string | null;
  /** What is asked for, and on which addresses. */
  readonly request: SpokeRequest;
  readonly addressPrefix: string;
  readonly decidedBy: Person | null;
  readonly decidedAt: string | null;
  readonly comment: string;
}
