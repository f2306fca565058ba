import type { Person } from "./approval.ts";

/** What one property of a resource shall be instead of what the request makes of it; null = it shall not be there. */
export interface AmendedProperty {
  /** JSON pointer into the desired body, as differences name it; `""` is the resource itself. */
  readonly pointer: string;
  readonly value: unknown;
  /** What the request makes of it when it is amended: where that has become something else, this counts for nothing. */
  readonly replaces?: unknown;
}

/**
 * An input of the desired state beside request and configuration: somebody's decision, with who took it, why and until
 * when. Once it has expired it counts no more, and what it kept is drift.
 */
export interface Amendment {
  readonly id: string;
  /** "exemption": asked for; "undo": of a restoration; "recommendation": accepted. */
  readonly origin: "exemption" | "undo" | "recommendation";
  readonly spoke: string;
  /** Who answers for it. */
  readonly owner: Person;
  /** Who asked for it, where that is somebody else: an owner is named by whoever asks. */
  readonly askedBy?: Person;
  readonly reason: string;
  readonly ticket: string | null;
  readonly createdAt: string;
  /** ISO 8601, UTC; null only of a recommendation, which lasts. */
  readonly expiresAt: string | null;
  /** Id of the control that it exempts from in the compliance report; null where it is about a resource's state. */
  readonly control: string | null;
  /** The resource that it is about; null = the whole spoke, for a control. */
  readonly resourceId: string | null;
  /** Pointers at and below which the resource may stand as it does. */
  readonly tolerated: readonly string[];
  /** What shall stand instead, and is written where it does not. */
  readonly properties: readonly AmendedProperty[];
}

/** Those that count for a spoke at a moment (ISO 8601). */
export function amendmentsInForce(all: readonly Amendment[], spoke: string, now: string): readonly Amendment[] {
  return all.filter((one) => one.spoke === spoke && isInForce(one, now));
}

export function isInForce({ expiresAt }: Amendment, now: string): boolean {
  return expiresAt === null || Date.parse(now) < Date.parse(expiresAt);
}
