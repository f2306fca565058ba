import type { ResourceEvent } from "./resource-event.ts";

/**
 * How far a delivery is. `Pending`: to be tried; `DeadLettering`: given up, on its way to the dead-letter container;
 * `Dropped`: given up without one.
 */
export type DeliveryStatus = "Pending" | "Delivered" | "DeadLettering" | "DeadLettered" | "Dropped";

/** One event on its way to one event subscription. */
export interface Delivery {
  readonly number: number;
  readonly eventSubscriptionId: string;
  readonly event: ResourceEvent;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  /** Milliseconds since 1970 of the publication. */
  readonly publishedAt: number;
  /** Milliseconds since 1970 at which it is tried next; null once it has ended. */
  readonly dueAt: number | null;
  readonly lastAttemptAt: number | null;
  /** What went wrong last. */
  readonly lastError: string | null;
  /** Why it was given up. */
  readonly deadLetterReason: string | null;
}
