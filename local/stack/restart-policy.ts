/** A life shorter than this after "ready" counts as "died at once". */
const steadyMilliseconds = 1000;
const delays = [0, 250, 500, 1000, 2000, 4000];

/** How a process of the stack ended: when it became ready (null: never) and when it died, in milliseconds. */
export interface Life {
  readonly readyAt: number | null;
  readonly diedAt: number;
}

/**
 * Milliseconds to wait before the next start, or null to give up. A process that worked for a while starts again
 * at once; one that dies at once again and again waits longer each time, and is given up after six tries.
 */
export function nextRestart(lives: readonly Life[]): number | null {
  const lastSteady = lives.findLastIndex(
    (life) => life.readyAt !== null && life.diedAt - life.readyAt >= steadyMilliseconds,
  );
  const quickDeaths = lives.length - 1 - lastSteady;
  if (quickDeaths === 0) return 0;
  return delays[quickDeaths - 1] ?? null;
}
