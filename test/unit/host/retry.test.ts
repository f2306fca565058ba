import { expect, it } from "vitest";
import { nextRetryAt } from "../../../local/host/durable/retry.ts";

const options = { firstRetryIntervalInMilliseconds: 100, maxNumberOfAttempts: 5 };

it.each([
  [options, 1, 1100],
  [options, 3, 1100],
  [{ ...options, backoffCoefficient: 2 }, 1, 1100],
  [{ ...options, backoffCoefficient: 2 }, 3, 1400],
  [{ ...options, backoffCoefficient: 2, maxRetryIntervalInMilliseconds: 150 }, 3, 1150],
  [{ ...options, backoffCoefficient: 1000 }, 1000, 8.64e15],
  [{ ...options, retryTimeoutInMilliseconds: 501 }, 1, 1100],
  [{ ...options, retryTimeoutInMilliseconds: 500 }, 1, undefined],
])("after a failure at 1000 of tasks begun at 500, %j, attempt %i: %s", (given, attempt, expected) => {
  expect(nextRetryAt(given, attempt, 500, 1000)).toBe(expected);
});
