import type { Person } from "./approval.ts";
import type { Failure } from "./errors.ts";
import type { ChangeAction, PropertyDifference } from "./plan.ts";
import type { ChangeSeverity } from "./platform-configuration.ts";
import type { ResourceType } from "./resource.ts";

/**
 * "Open": nobody restored it (audit, or waiting for a run); "Restored"; "RestoreFailed": Azure refused; "BackedOff": it
 * came back too often, somebody has to look; "Exempt": an exemption keeps it; "Undone": restored and then undone;
 * "Gone": it was changed back before the tool did; "Harmless": it means the same.
 */
export type NetworkChangeStatus =
  | "Open"
  | "Restored"
  | "RestoreFailed"
  | "BackedOff"
  | "Exempt"
  | "Undone"
  | "Gone"
  | "Harmless";

/** Who made a change by which operation, as the event tells it; null is what it does not tell. */
export interface ChangeOrigin {
  readonly eventId: string;
  readonly at: string;
  readonly operation: string;
  readonly correlationId: string | null;
  readonly caller: ChangeCaller;
}

export interface ChangeCaller {
  readonly name: string | null;
  readonly objectId: string | null;
  readonly applicationId: string | null;
  readonly ipAddress: string | null;
}

/** What it takes to bring the resource back: the plan of the one resource, as data. */
export interface RestoringChange {
  readonly action: ChangeAction;
  readonly resourceId: string;
  readonly differences: readonly PropertyDifference[];
}

/** One way in which a change matters. */
export interface ChangeMeaning {
  readonly code: string;
  readonly severity: ChangeSeverity;
  readonly message: string;
}

/** How the telling of a change to the configured targets went. */
export interface AlertState {
  readonly target: string;
  readonly status: "Pending" | "Sent" | "Failed" | "Skipped";
  readonly attempts: number;
  readonly at: string | null;
  readonly error: string | null;
}

/** A change of a network that somebody else than the tool made: what, who, what it means, and what came of it. */
export interface NetworkChange {
  readonly id: string;
  readonly spoke: string;
  readonly resourceId: string;
  readonly type: ResourceType;
  /** Pointer of the part that it is about (a rule, a subnet); `""` where the whole resource came or went. */
  readonly pointer: string;
  readonly detectedAt: string;
  readonly detectedBy: "event" | "sweep";
  /** Null until an event tells. */
  readonly origin: ChangeOrigin | null;
  readonly severity: ChangeSeverity;
  readonly meanings: readonly ChangeMeaning[];
  /** In a sentence. */
  readonly summary: string;
  /** Flows that pass by it and did not, and the other way round, in the words of the spoke. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  readonly restoring: RestoringChange;
  /** What stood there before the restoration, for an undo. */
  readonly prior: readonly { readonly pointer: string; readonly value: unknown }[];
  readonly status: NetworkChangeStatus;
  readonly restoredAt: string | null;
  readonly error: Failure | null;
  readonly undo: { readonly by: Person; readonly at: string; readonly exemptionId: string } | null;
  readonly alerts: readonly AlertState[];
}
