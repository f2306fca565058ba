import type { WatchedResource } from "../../domain/watched-resource.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** So often the same deviation, or any on one resource, is restored within an hour before the tool stands back. */
const mostOfTheSame = 3;
const mostOfAny = 20;

interface Pauses {
  readonly first: number;
  readonly longest: number;
}

const usual: Pauses = { first: 15 * minute, longest: day };
/** What opens something is closed again and again: whoever only has to fight for long enough would win else. */
const ofCritical: Pauses = { first: minute, longest: 5 * minute };

/**
 * Until when (ISO 8601) the tool shall stand back, or null where it may restore: another automation that brings the same
 * deviation back again and again is told to people instead of fought. Each further round doubles the pause, to a day,
 * or to five minutes where a critical deviation stands. One that was not fought about holds up nothing.
 * @param keys of the deviations that stand now
 * @param isCritical whether what stands now is critical
 */
export function backOffUntil(
  { restored }: Pick<WatchedResource, "restored">,
  keys: readonly string[],
  isCritical: boolean,
  now: string,
): string | null {
  const today = restored.filter(({ at }) => Date.parse(now) - Date.parse(at) < day);
  const pauses = isCritical ? ofCritical : usual;
  const ofAny = endOfPause(momentsOf(today), mostOfAny, pauses);
  const ofTheSame = keys.map((key) =>
    endOfPause(momentsOf(today.filter((one) => one.key === key)), mostOfTheSame, pauses),
  );
  const until = Math.max(ofAny, Math.min(...ofTheSame));
  return until <= Date.parse(now) ? null : new Date(until).toISOString();
}

/** One restoration is one moment, however many deviations it ended. */
function momentsOf(restored: WatchedResource["restored"]): number[] {
  return [...new Set(restored.map(({ at }) => Date.parse(at)))].sort((a, b) => a - b);
}

/** When the pause after the latest of some restorations ends, in milliseconds; 0 where there is no fight. */
function endOfPause(moments: readonly number[], most: number, { first, longest }: Pauses): number {
  const isFight = moments.some(
    (moment, index) => (moments[index + most - 1] ?? Number.POSITIVE_INFINITY) - moment < hour,
  );
  const latest = moments.at(-1);
  if (!isFight || latest === undefined) return 0;
  return latest + Math.min(longest, first * 2 ** Math.min(moments.length - most, 20));
}
