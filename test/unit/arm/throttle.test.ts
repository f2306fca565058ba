import { describe, expect, it } from "vitest";
import { Throttle } from "../../../local/arm/throttling/throttle.ts";

const sub = "11111111-1111-1111-1111-111111111111";

describe("throttling", () => {
  it("lets 200 writes through, then refuses, and refills at 10 a second", () => {
    const throttle = new Throttle(1);
    const take = (now: number) => throttle.take(sub, "p", "PUT", now);
    expect(take(0).headers["x-ms-ratelimit-remaining-subscription-writes"]).toBe("199");
    for (let n = 1; n < 200; n += 1) expect(take(0).retryAfterSeconds).toBeUndefined();
    expect(take(0).retryAfterSeconds).toBe(1);
    expect(take(1000).headers["x-ms-ratelimit-remaining-subscription-writes"]).toBe("9");
  });

  it("counts reads, writes, deletes, principals and subscriptions apart", () => {
    const throttle = new Throttle(1);
    for (let n = 0; n < 250; n += 1) throttle.take(sub, "p", "GET", 0);
    expect(throttle.take(sub, "p", "GET", 0).retryAfterSeconds).toBe(1);
    expect(throttle.take(sub, "q", "GET", 0).retryAfterSeconds).toBeUndefined();
    expect(throttle.take("other", "p", "GET", 0).retryAfterSeconds).toBeUndefined();
    const remaining = (method: string, of: string | undefined = sub) => throttle.take(of, "p", method, 0).headers;
    expect(remaining("POST")["x-ms-ratelimit-remaining-subscription-writes"]).toBe("199");
    expect(remaining("DELETE")["x-ms-ratelimit-remaining-subscription-deletes"]).toBe("199");
    expect(throttle.take(undefined, "p", "GET", 0).headers["x-ms-ratelimit-remaining-tenant-reads"]).toBe("249");
  });

  it("refills as many times faster as operations are, and is unlimited at speed 0", () => {
    const fast = new Throttle(20);
    for (let n = 0; n < 200; n += 1) fast.take(sub, "p", "PUT", 0);
    for (let n = 0; n < 200; n += 1) expect(fast.take(sub, "p", "PUT", 1000).retryAfterSeconds).toBeUndefined();
    const unlimited = new Throttle(0);
    for (let n = 0; n < 1000; n += 1) expect(unlimited.take(sub, "p", "PUT", 0).retryAfterSeconds).toBeUndefined();
  });
});
