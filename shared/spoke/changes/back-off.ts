import type { WatchedResource } from "../../domain/watched-resource.ts";

const hour = 3_600_000;
/** So often the same deviation, or any on one resource, is restored within an hour before the tool stands back. */
const mostOfTheSame = 3;
const mostOfAny = 20;
const firstPause = 15 * 60_000;
const longestPause = 24 * hour;

/**
 * Until when (ISO 8601) the tool shall stand back, or null where it may restore: another automation that brings the same
 * deviation back again and again is told to people instead of fought. Each further round doubles the pause.
 * @param keys of the deviations that stand now
 */
export function backOffUntil(resource: WatchedResource, keys: readonly string[], now: string): string | null {
  const moment = Date.parse(now);
  const within = (period: number) => resource.restored.filter(({ at }) => moment - Date.parse(at) < period);
  const lately = within(hour);
  const same = Math.max(0, ...keys.map((key) => lately.filter((one) => one.key === key).length));
  if (same < mostOfTheSame && lately.length < mostOfAny) return null;
  const today = within(longestPause);
  const rounds = Math.max(0, ...keys.map((key) => today.filter((one) => one.key === key).length)) - mostOfTheSame;
  const pause = Math.min(longestPause, firstPause * 2 ** Math.max(0, rounds));
  return new Date(moment + pause).toISOString();
}
