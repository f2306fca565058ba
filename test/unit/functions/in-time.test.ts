import { expect, test } from "vitest";
import { inTime } from "../../../functions/http/in-time.ts";
import { problemOf } from "../../../functions/http/problem.ts";

test("an answer and a failure pass through", async () => {
  expect(await inTime(Promise.resolve(1))).toBe(1);
  await expect(inTime(Promise.reject(new Error("no")))).rejects.toThrow("no");
});

test("what never answers is 503 with Retry-After", async () => {
  const error = await inTime(new Promise(() => undefined), 1).catch((reason: unknown) => reason);
  expect(problemOf(error)).toMatchObject({
    status: 503,
    errors: [{ code: "AzureTooSlow" }],
    headers: { "retry-after": "10" },
  });
});
