import type { NetworkEvent } from "./network-event.ts";

/** Work that a timer comes back to: a resource to look at again, or a change of which targets were not told yet. */
export interface PendingWork {
  readonly id: string;
  readonly resourceId: string | null;
  readonly changeId: string | null;
  readonly since: string;
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
}

/** What the tool remembers of one resource between events. The entity of the resource keeps it. */
export interface WatchedResource {
  readonly resourceId: string;
  /** Ids of events that were handled, the latest last. */
  readonly seen: readonly string[];
  readonly known: readonly KnownDeviation[];
  /** Restorations of late, to notice who fights with the tool. */
  readonly restored: readonly { readonly key: string; readonly at: string }[];
  /** Until then nothing is restored here: something undoes it again and again. */
  readonly backedOffUntil: string | null;
  /** Events that could not be handled yet. */
  readonly waiting: readonly NetworkEvent[];
  /** Somebody has to come back to it. */
  readonly revisit: boolean;
}

export function newlyWatched(resourceId: string): WatchedResource {
  return { resourceId, seen: [], known: [], restored: [], backedOffUntil: null, waiting: [], revisit: false };
}

/** With an event that was neither handled nor taken in before. */
export function withWaiting(resource: WatchedResource, event: NetworkEvent): WatchedResource {
  const { eventId } = event.origin;
  const isKnown = resource.seen.includes(eventId) || resource.waiting.some(({ origin }) => origin.eventId === eventId);
  return isKnown ? resource : { ...resource, waiting: [...resource.waiting, event], revisit: true };
}

const mostSeen = 500;
const mostKnown = 200;

/** The state cut to what is of use: duplicates arrive within a day, and an entity's state is read with each event. */
export function trimmed(resource: WatchedResource): WatchedResource {
  return {
    ...resource,
    seen: resource.seen.slice(-mostSeen),
    known: resource.known.slice(-mostKnown),
    restored: resource.restored.slice(-mostKnown),
  };
}
