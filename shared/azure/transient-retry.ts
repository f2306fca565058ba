import { RefusedError } from "../domain/errors.ts";
import { typedFailure } from "./errors.ts";

export interface RetryOptions {
  /** ARM id that a failure is about, or null where it is about none. */
  readonly resourceId: string | null;
  /** Milliseconds since the epoch after which no further attempt starts. */
  readonly deadline: number;
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
 * network resources need most: 429 without Retry-After, 409 of another operation in progress, 412.
 * @throws RefusedError at once for what is permanent; TransientError when the next attempt would pass the deadline
 */
export async function withTransientRetry<R>(operation: () => Promise<R>, options: RetryOptions): Promise<R> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await operation();
    } catch (thrown) {
      const { error, retryAfter } = typedFailure(thrown, options.resourceId);
      if (error instanceof RefusedError) throw error;
      const delay = delayBefore(attempt, retryAfter, options.random);
      if (options.now() + delay > options.deadline) throw error;
      await options.sleep(delay);
    }
  }
}

function delayBefore(attempt: number, retryAfter: number | null, random: () => number): number {
  const backoff = random() * Math.min(longestDelay, firstDelay * 2 ** Math.min(attempt, 16));
  return Math.max(backoff, retryAfter ?? 0);
}
