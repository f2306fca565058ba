import type { RetryOptions } from "./protocol.ts";

/** The latest time a date can hold (ECMAScript, "Time Values and Time Range"). */
const endOfTime = 8.64e15;

/**
 * When a task that failed is tried again, as the Durable Task Framework computes it: exponential, bounded by the longest
 * interval; a delay is due even after the last attempt, because the SDK waits for it before it gives up.
 * @param attempt the attempt that failed, from 1
 * @param firstAttemptAt when the first attempt was scheduled, in epoch milliseconds
 * @param now epoch milliseconds
 * @returns epoch milliseconds, or undefined once the timeout of the retries has passed
 */
export function nextRetryAt(
  options: RetryOptions,
  attempt: number,
  firstAttemptAt: number,
  now: number,
): number | undefined {
  const { retryTimeoutInMilliseconds, maxRetryIntervalInMilliseconds = Number.POSITIVE_INFINITY } = options;
  if (retryTimeoutInMilliseconds !== undefined && now >= firstAttemptAt + retryTimeoutInMilliseconds) {
    return undefined;
  }
  const delay = options.firstRetryIntervalInMilliseconds * (options.backoffCoefficient ?? 1) ** (attempt - 1);
  return Math.min(now + Math.min(delay, maxRetryIntervalInMilliseconds), endOfTime);
}
