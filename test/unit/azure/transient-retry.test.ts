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
      settling: 600_000,
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

  describe("what Azure refuses until it knows everywhere what was made just now", () => {
    test.each([
      ["AuthorizationFailed (trap 22)", 403, "AuthorizationFailed"],
      ["PrincipalNotFound (trap 22)", 400, "PrincipalNotFound"],
      ["a resource group not known yet", 404, "ResourceGroupNotFound"],
      ["an assignment that a list does not show yet", 409, "RoleAssignmentExists"],
    ])("%s: asked again", async (_name, status, code) => {
      const time = fakeTime(0.5);
      expect(await withTransientRetry(failing(httpError(status, code), httpError(status, code)), time.options)).toBe(
        "done",
      );
      expect(time.waits).toEqual([125, 250]);
    });

    test("a vault that does not let a young identity in, of which only the operation tells", async () => {
      const time = fakeTime(0.5);
      const message =
        "The long-running operation has failed. ApplicationGatewayKeyVaultSecretException. Problem occured while accessing and validating KeyVault Secrets.";
      await withTransientRetry(failing(...Array.from({ length: 30 }, () => new Error(message))), time.options);
      expect(time.waits).toHaveLength(30);
    });

    test.each([
      ["AuthorizationFailed", 20_000],
      ["ParentResourceNotFound", 60_000],
      ["PrincipalNotFound", 600_000],
    ])("%s that lasts is a refusal after %d ms", async (code, longest) => {
      const time = fakeTime(0.999);
      const lasting = async () => {
        throw httpError(403, code);
      };
      await expect(withTransientRetry(lasting, time.options)).rejects.toThrow(RefusedError);
      const waited = time.waits.reduce((sum, wait) => sum + wait, 0);
      expect(waited).toBeLessThanOrEqual(longest);
      expect(waited).toBeGreaterThan(longest / 3);
    });

    test("who waits for the answer is told sooner", async () => {
      const time = fakeTime(0.999);
      const refused = withTransientRetry(
        async () => {
          throw httpError(403, "AuthorizationFailed");
        },
        { ...time.options, settling: 1_000 },
      );
      await expect(refused).rejects.toThrow(RefusedError);
      expect(time.waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(1_000);
    });
  });
});
