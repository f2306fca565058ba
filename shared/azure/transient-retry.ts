import { RefusedError } from "../domain/errors.ts";
import { typedFailure } from "./errors.ts";

export interface RetryOptions {
  /** ARM id that a failure is about, or null where it is about none. */
  readonly resourceId: string | null;
  /** Milliseconds since the epoch after which no further attempt starts. */
  readonly deadline: number;
  /** Milliseconds for which a refusal that may be Azure's own delay is asked again at most. */
  readonly settling: number;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** A number from 0 up to but not including 1. */
  readonly random: () => number;
}

const firstDelay = 250;
const longestDelay = 15_000;

/**
 * Repeats an operation while what it throws passes by itself: at once where it succeeds, else after an exponentially
 * growing wait with full jitter, or as long as Azure's Retry-After says. The SDK's own retries leave out what Azure's
 * network resources need most: 429 without Retry-After, 409 of another operation in progress, 412. A refusal that may
 * come from what was made moments ago (a role, a resource group) is repeated as long as Azure needs to know it everywhere.
 * @throws RefusedError for what is permanent; TransientError when the next attempt would pass the deadline
 */
export async function withTransientRetry<R>(operation: () => Promise<R>, options: RetryOptions): Promise<R> {
  const started = options.now();
  for (let attempt = 0; ; attempt++) {
    try {
      return await operation();
    } catch (thrown) {
      const { error, retryAfter, settlesWithin } = typedFailure(thrown, options.resourceId);
      const delay = delayBefore(attempt, retryAfter, options.random);
      const settled = started + Math.min(settlesWithin, options.settling);
      const deadline = error instanceof RefusedError ? settled : options.deadline;
      if (deadline <= started || options.now() + delay > deadline) throw error;
      await options.sleep(delay);
    }
  }
}

function delayBefore(attempt: number, retryAfter: number | null, random: () => number): number {
  const backoff = random() * Math.min(longestDelay, firstDelay * 2 ** Math.min(attempt, 16));
  return Math.max(backoff, retryAfter ?? 0);
}
