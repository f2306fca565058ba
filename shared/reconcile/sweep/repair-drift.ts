import type { SpokeCompliance } from "../../domain/compliance.ts";
import type { Documents } from "../../state/documents.ts";
import { hashOf } from "./read-rows.ts";

/** How often a spoke was run again for the same drift; `id` is its name. */
export interface Repair {
  readonly id: string;
  readonly attempts: number;
  readonly lastAt: string;
  /** Hash of what was drifted. */
  readonly drift: string;
}

/** So many spokes of a subscription are run again in one sweep; the next one takes the others. */
export const mostRepairs = 10;

const firstPause = 3_600_000;
const longestPause = 7 * 24 * 3_600_000;

/**
 * Spokes that shall be run again, those first that wait longest. What drifts again in the same way after a run is tried
 * after an hour, two, four … a week: somebody else wants it otherwise, or Azure refuses it.
 */
export async function spokesToRepair(
  verdicts: readonly SpokeCompliance[],
  repairs: Documents<Repair>,
  now: string,
): Promise<readonly { readonly spoke: string; readonly repair: Repair }[]> {
  const known = new Map((await repairs.list()).map((one) => [one.id, one]));
  const due: { spoke: string; repair: Repair }[] = [];
  for (const { spoke, drift: all, status } of verdicts) {
    // The watch over networks restores its own, with its own patience.
    const drift = all.filter(({ watched }) => !watched);
    const before = known.get(spoke);
    if (status === "Skipped" || status === "NotAssessed") continue;
    if (drift.length === 0) {
      if (before !== undefined) await repairs.remove(spoke);
      continue;
    }
    const hash = hashOf(JSON.stringify(drift));
    const attempts = before?.drift === hash ? before.attempts : 0;
    if (before !== undefined && attempts > 0 && Date.parse(now) < Date.parse(before.lastAt) + pauseAfter(attempts))
      continue;
    due.push({ spoke, repair: { id: spoke, attempts: attempts + 1, lastAt: now, drift: hash } });
  }
  return due.toSorted((a, b) => a.repair.attempts - b.repair.attempts).slice(0, mostRepairs);
}

function pauseAfter(attempts: number): number {
  return Math.min(longestPause, firstPause * 2 ** (attempts - 1));
}
