import { describe, expect, test } from "vitest";
import { askAgain } from "../../../shared/azure/ask-again.ts";

/** A policy with a clock that only sleeping moves, and a server that answers or breaks one after another, then 200. */
function asked(method: string, ...troubles: readonly (number | Error)[]) {
  let time = 0;
  const open = [...troubles];
  const { policy } = askAgain({
    now: () => time,
    sleep: async (milliseconds) => {
      time += milliseconds;
    },
    random: () => 0,
    patience: 60_000,
  });
  const answer = policy.sendRequest({ method }, async () => {
    const trouble = open.shift() ?? 200;
    if (trouble instanceof Error) throw trouble;
    return { status: trouble };
  });
  return { answer, waited: () => time };
}

const restError = (more: object) => Object.assign(new Error("x"), { name: "RestError", ...more });

describe("a read is asked again", () => {
  test.each([
    ["429 without Retry-After (trap 28)", 429],
    ["503 after the SDK gave up", 503],
    ["503, as the older clients throw it", restError({ statusCode: 503 })],
    ["a connection that broke", restError({ code: "ECONNRESET" })],
  ])("%s", async (_name, trouble) => {
    expect(await asked("GET", trouble, trouble, trouble).answer).toEqual({ status: 200 });
  });

  test("for half of the patience of a call, then its trouble is told", async () => {
    const { answer, waited } = asked("GET", ...Array.from({ length: 100 }, () => 503));
    expect(await answer).toEqual({ status: 503 });
    expect(waited()).toBeLessThanOrEqual(30_000);
    expect(waited()).toBeGreaterThan(10_000);
  });
});

describe("told at once", () => {
  test.each([
    ["a write", "PUT", 429],
    ["what is not there", "GET", 404],
    ["what Azure does not offer", "GET", 501],
    ["a token that ran out, which only a new request replaces", "GET", 401],
  ])("%s", async (_name, method, status) => {
    expect(await asked(method, status).answer).toEqual({ status });
  });

  test.each([
    ["a request that was given up", Object.assign(new Error("x"), { name: "AbortError" })],
    ["a certificate that nobody trusts", restError({ code: "SELF_SIGNED_CERT_IN_CHAIN" })],
    ["a refusal, as the older clients throw it", restError({ statusCode: 403 })],
  ])("%s", async (_name, error) => {
    await expect(asked("GET", error).answer).rejects.toBe(error);
  });
});
