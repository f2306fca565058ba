import type { NetworkEvent } from "../../domain/network-event.ts";
import type { ChangedPart } from "./change-parts.ts";

/** Parts that one act changed, as far as is known: each is told once. */
export interface ChangeGroup {
  readonly parts: readonly ChangedPart[];
  /** Null where no event told yet who did it. */
  readonly event: NetworkEvent | null;
}

/**
 * Which event made which deviation: one on a part (a rule) made that part; one on the resource itself made what no other
 * event did. What is left over was made by somebody whose event is still to come: each part for itself, so that each gets its maker, but many together, so that nobody gets hundreds of alerts.
 */
export function groupChanges(parts: readonly ChangedPart[], events: readonly NetworkEvent[]): ChangeGroup[] {
  const groups: ChangeGroup[] = [];
  let rest = [...parts];
  const latestFirst = events.toSorted((a, b) => (a.origin.at < b.origin.at ? 1 : -1));
  for (const event of latestFirst.filter(({ part }) => part !== "")) {
    const own = rest.filter(({ pointer }) => pointer.toLowerCase() === event.part.toLowerCase());
    if (own.length > 0) groups.push({ parts: own, event });
    rest = rest.filter((part) => !own.includes(part));
  }
  const whole = latestFirst.find(({ part }) => part === "") ?? null;
  if (whole !== null && rest.length > 0) return [...groups, { parts: rest, event: whole }];
  // A resource that is gone took its parts with it, and so did the event on any of them.
  const [onlyEvent] = latestFirst;
  if (groups.length === 0 && rest.length === 1 && rest[0]?.pointer === "" && onlyEvent !== undefined) {
    return [{ parts: rest, event: onlyEvent }];
  }
  if (rest.length > mostAlone) return [...groups, { parts: rest, event: null }];
  return [...groups, ...rest.map((part) => ({ parts: [part], event: null }))];
}

const mostAlone = 20;
