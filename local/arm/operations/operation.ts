import type { ArmErrorDetail } from "../arm-error.ts";
import type { OperationFault } from "../faults/faults.ts";
import type { Resource } from "../resource.ts";
import type { LongRunning } from "../resource-type.ts";
import type { CallOrigin } from "./ended-change.ts";

export type OperationStatus = "InProgress" | "Succeeded" | "Failed" | "Canceled";

/** A resource that an operation writes or takes away. */
export interface Touched {
  readonly id: string;
  readonly change: "put" | "remove";
  /** For inline children that a parent's PUT dropped at once: what they were. */
  readonly removed?: Resource;
}

/** `error` of a failed or canceled operation. */
export interface OperationError {
  readonly code: string;
  readonly message: string;
  readonly details?: readonly ArmErrorDetail[];
}

/** A write that Azure has accepted: running, or ended. Kept in the store, so that a new process ends it. */
export interface Operation {
  readonly id: string;
  readonly kind: "put" | "remove" | "action" | "removeGroup";
  /** Azure's name of it, such as `PutSubnetOperation`. */
  readonly name: string;
  readonly resourceId: string;
  readonly resourceType: string;
  readonly subscriptionId: string | undefined;
  readonly location: string;
  readonly principalId: string;
  readonly clientId: string | undefined;
  readonly apiVersion: string;
  readonly longRunning: LongRunning | undefined;
  readonly status: OperationStatus;
  readonly startedAt: string;
  /** Milliseconds since 1970 at which it ends. */
  readonly dueAt: number;
  /** Keys of the ids it keeps busy. */
  readonly domains: readonly string[];
  readonly touched: readonly Touched[];
  /** A fault that was ordered for it. */
  readonly fault?: OperationFault;
  readonly error?: OperationError;
  /** The call that began it; kept while it runs. */
  readonly origin?: CallOrigin | undefined;
  /** True where nothing stood before. */
  readonly created?: boolean;
  /** The final answer of an action. */
  readonly result?: { readonly status: number; readonly body?: unknown };
}
