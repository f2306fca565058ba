import { describe, expect, test } from "vitest";
import { operationPace } from "../../../shared/azure/operation-pace.ts";

const operation = "https://management.azure.com/subscriptions/s/providers/Microsoft.Network/locations/we/operations/1";

/** An operation that does not end, and the looks of an SDK that waits after each as long as the answer says. */
function followed(options: { readonly reads?: string; readonly retryAfter: string; readonly location?: boolean }) {
  let now = 0;
  const asked: number[] = [];
  const { policy } = operationPace({
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds;
    },
  });
  const call = (method: string, url: string, status: number, headers: Record<string, string>) =>
    policy.sendRequest({ method, url }, async () => {
      asked.push(now / 1_000);
      return { status, headers: new Map(Object.entries(headers)) };
    });
  const running: Record<string, string> = {
    "retry-after": options.retryAfter,
    ...(options.reads === undefined ? {} : { "x-ms-ratelimit-remaining-subscription-reads": options.reads }),
  };
  const start = () =>
    options.location
      ? call("DELETE", "https://management.azure.com/nsg", 202, { ...running, location: `${operation}?t=1` })
      : call("PUT", "https://management.azure.com/nsg", 201, { ...running, "azure-asyncoperation": operation });
  /** As the SDK does: it waits as long as the last answer says, or a second. */
  const look = async (status = 200) => {
    const answer = await call("GET", `${operation}?api-version=1`, status, running);
    now += Number(answer.headers.get("retry-after") ?? 0) * 1_000;
  };
  /** The pauses before each look, in seconds. */
  const pauses = () => asked.slice(1).map((at, index) => Math.round((at - (asked[index] ?? 0)) * 100) / 100);
  return { asked, call, start, look, pauses };
}

describe("a long-running operation", () => {
  test("is looked at after a second, and then ever more rarely, up to Retry-After", async () => {
    const { pauses, start, look } = followed({ retryAfter: "10" });
    await start();
    for (let count = 0; count < 40; count++) await look();
    expect(pauses().slice(0, 6)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(pauses()).toEqual(pauses().toSorted((a, b) => a - b));
    expect(pauses().at(-1)).toBe(10);
  });

  test("that lasts eleven seconds is known to be over before thirteen", async () => {
    const { asked, start, look } = followed({ retryAfter: "10" });
    await start();
    while ((asked.at(-1) ?? 0) < 11) await look();
    expect(asked.at(-1)).toBeLessThan(13);
  });

  test("of a subscription whose reads run low is looked at only when Retry-After says so", async () => {
    const { asked, start, look } = followed({ retryAfter: "10", reads: "100" });
    await start();
    for (let count = 0; count < 4; count++) await look();
    expect(asked).toEqual([0, 1, 11, 21, 31]);
  });

  test("is never looked at later than Azure asked for", async () => {
    const { pauses, start, look } = followed({ retryAfter: "2" });
    await start();
    for (let count = 0; count < 30; count++) await look();
    expect(Math.max(...pauses())).toBe(2);
    expect(Math.min(...pauses())).toBe(0.2);
  });

  test("that is followed by Location alone is looked at in the same way", async () => {
    const { asked, start, look } = followed({ location: true, retryAfter: "10" });
    await start();
    for (let count = 0; count < 3; count++) await look(202);
    expect(asked).toEqual([0, 1, 2, 3]);
  });
});

test("a call that follows no operation waits for nothing, and its Retry-After stays; an SDK that repeats it waits a second", async () => {
  const { asked, call } = followed({ retryAfter: "10" });
  const answers = [
    await call("GET", "https://management.azure.com/nsg", 200, { "retry-after": "10" }),
    await call("GET", "https://management.azure.com/nsg", 200, {}),
  ];
  expect(asked).toEqual([0, 0]);
  expect(answers.map(({ headers }) => headers.get("retry-after"))).toEqual(["10", "1"]);
});
