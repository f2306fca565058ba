/** What tells whether a flow log should have written by now. Moments are ISO 8601; null = it is not known. */
export interface WritingFacts {
  readonly newestBlob: string | null;
  readonly runningInterfaces: number;
  /** Moments since which alone a record can be expected: the log was made, restarted, or its first machine started. */
  readonly expectedSince: readonly (string | null)[];
  readonly now: string;
  /** In milliseconds. */
  readonly silence: number;
}

/**
 * Whether nothing has arrived for longer than the platform takes, although a machine runs in the network. That is how a
 * rotated account key shows itself: the flow log stays "enabled" and writes no more (trap 25).
 */
export function isSilent({ newestBlob, runningInterfaces, expectedSince, now, silence }: WritingFacts): boolean {
  if (runningInterfaces === 0) return false;
  const known = [newestBlob, ...expectedSince].filter((moment) => moment !== null).map((moment) => Date.parse(moment));
  return known.every((moment) => Date.parse(now) - moment > silence);
}
