import type { NetworkEvent } from "./network-event.ts";
import type { ChangeSeverity } from "./platform-configuration.ts";

/** Work that a timer comes back to: a resource to look at again, or a change of which targets were not told yet. */
export interface PendingWork {
  readonly id: string;
  readonly resourceId: string | null;
  readonly changeId: string | null;
  readonly since: string;
  /** The timer lets it lie until then; absent or null: the next time. */
  readonly notBefore?: string | null;
}

/** A deviation that was told already. */
export interface KnownDeviation {
  readonly changeId: string;
  readonly pointer: string;
  readonly key: string;
  /** When it was found, ISO 8601. */
  readonly at: string;
  /** It stands (audit, or a restoration that failed) or it was restored. */
  readonly open: boolean;
  /** The event that tells who made it; null while none came. */
  readonly eventId: string | null;
  /** That event is on the resource itself: one on this very part knows better who made it. */
  readonly isGuess?: boolean;
  /** Something keeps it: once nothing does, it is a deviation that nobody was told of. */
  readonly exempt?: boolean;
  /** As it was told; versions before did not keep it. */
  readonly severity?: ChangeSeverity;
}

/** What the tool remembers of one resource between events. The entity of the resource keeps it. */
export interface WatchedResource {
  readonly resourceId: string;
  /** Ids of events that were handled, the latest last. */
  readonly seen: readonly string[];
  readonly known: readonly KnownDeviation[];
  /** Restorations of late, to notice who fights with the tool: an entry for each deviation of a restoration. */
  readonly restored: readonly { readonly key: string; readonly at: string }[];
  /** Events that could not be handled yet. */
  readonly waiting: readonly NetworkEvent[];
  /** Ids of changes whose undo was carried out, as long as it is in force. */
  readonly undone: readonly string[];
  /** Somebody has to come back to it, */
  readonly revisit: boolean;
  /** but not before this moment; null = at the next opportunity. */
  readonly revisitAt: string | null;
}

export function newlyWatched(resourceId: string): WatchedResource {
  const nothing = { seen: [], known: [], restored: [], waiting: [], undone: [] };
  return { resourceId, ...nothing, revisit: false, revisitAt: null };
}

/** Whether there is nothing to remember: a resource of no spoke, of which there are many. */
export function isUnremarkable({ seen, known, restored, waiting, undone, revisit }: WatchedResource): boolean {
  return !revisit && [seen, known, restored, waiting, undone].every((list) => list.length === 0);
}

/** What is remembered, in the shape of today: versions before knew less. */
export function remembered(resourceId: string, state: Partial<WatchedResource> | undefined): WatchedResource {
  return { ...newlyWatched(resourceId), ...state };
}

/** With an event that was neither handled nor taken in before. */
export function withWaiting(resource: WatchedResource, event: NetworkEvent): WatchedResource {
  const { eventId } = event.origin;
  const isKnown = resource.seen.includes(eventId) || resource.waiting.some(({ origin }) => origin.eventId === eventId);
  return isKnown ? resource : { ...resource, waiting: [...resource.waiting, event], revisit: true };
}

const mostSeen = 500;
const mostClosed = 200;
const mostRestored = 400;
const mostWaiting = 500;

/**
 * The state cut to what is of use: duplicates arrive within a day, and an entity's state is read with each event. What is
 * still open is never forgotten, or it would be told anew.
 */
export function trimmed(resource: WatchedResource): WatchedResource {
  const { seen, known, restored, waiting } = resource;
  const closed = known.filter(({ open }) => !open);
  const forgotten = new Set(closed.slice(0, Math.max(0, closed.length - mostClosed)));
  return {
    ...resource,
    seen: seen.slice(-mostSeen),
    known: known.filter((one) => !forgotten.has(one)),
    restored: restored.slice(-mostRestored),
    waiting: waiting.slice(-mostWaiting),
  };
}
