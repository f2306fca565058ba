import { describe, expect, test } from "vitest";
import { withTransientRetry } from "../../../shared/azure/transient-retry.ts";
import { RefusedError, TransientError } from "../../../shared/domain/errors.ts";

/** A clock that only sleeping moves, and the waits it was asked for. */
function fakeTime(random: number) {
  let now = 0;
  const waits: number[] = [];
  return {
    waits,
    options: {
      resourceId: "/subscriptions/s/resourceGroups/rg",
      deadline: 600_000,
      now: () => now,
      sleep: async (milliseconds: number) => {
        waits.push(milliseconds);
        now += milliseconds;
      },
      random: () => random,
    },
  };
}

function httpError(statusCode: number, code: string, headers: Record<string, string> = {}): Error {
  return Object.assign(new Error(code), { statusCode, code, response: { headers: new Headers(headers) } });
}

/** Throws the errors one after another, then answers. */
function failing(...errors: unknown[]) {
  return async () => {
    const [error] = errors.splice(0, 1);
    if (error !== undefined) throw error;
    return "done";
  };
}

describe("withTransientRetry", () => {
  test("repeats a 429 without Retry-After, which the SDK does not", async () => {
    const time = fakeTime(0.5);
    const tooMany = () => httpError(429, "TooManyRequests");
    expect(await withTransientRetry(failing(tooMany(), tooMany(), tooMany()), time.options)).toBe("done");
    expect(time.waits).toEqual([125, 250, 500]);
  });

  test("waits as long as Retry-After says, in seconds, as a date or in milliseconds", async () => {
    const time = fakeTime(0);
    const busy = (headers: Record<string, string>) => httpError(409, "AnotherOperationInProgress", headers);
    const inAnHour = new Date(Date.now() + 300_000).toUTCString();
    const errors = [busy({ "retry-after": "3" }), busy({ "retry-after-ms": "40" }), busy({ "retry-after": inAnHour })];
    await withTransientRetry(failing(...errors), time.options);
    expect(time.waits.slice(0, 2)).toEqual([3_000, 40]);
    expect(time.waits[2]).toBeGreaterThan(290_000);
    expect(time.waits[2]).toBeLessThanOrEqual(300_000);
  });

  test("the wait grows up to 15 s and no further", async () => {
    const time = fakeTime(0.999);
    const errors = Array.from({ length: 20 }, () => httpError(503, "ServiceUnavailable"));
    await withTransientRetry(failing(...errors), time.options);
    expect(Math.max(...time.waits)).toBeLessThanOrEqual(15_000);
    expect(time.waits.at(-1)).toBeGreaterThan(14_000);
  });

  test("throws the TransientError when the next attempt would pass the deadline", async () => {
    const time = fakeTime(0);
    const errors = [httpError(429, "TooManyRequests", { "retry-after": "601" })];
    const attempt = withTransientRetry(failing(...errors), time.options);
    await expect(attempt).rejects.toThrow(TransientError);
    expect(time.waits).toEqual([]);
  });

  test("throws what is permanent at once", async () => {
    const time = fakeTime(0.5);
    await expect(withTransientRetry(failing(httpError(409, "ScopeLocked")), time.options)).rejects.toThrow(
      RefusedError,
    );
    expect(time.waits).toEqual([]);
  });
});
