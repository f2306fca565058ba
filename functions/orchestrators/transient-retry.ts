import { RetryOptions } from "durable-functions";

/**
 * Attempts of an activity that threw: the storage of the state or the host itself was away. About a quarter of an hour
 * in all.
 */
export function transientRetry(): RetryOptions {
  const options = new RetryOptions(5_000, 6);
  options.backoffCoefficient = 3;
  options.maxRetryIntervalInMilliseconds = 300_000;
  return options;
}
