import { TokenBucket } from "./token-bucket.ts";

type CallKind = "reads" | "writes" | "deletes";

const buckets: Readonly<Record<CallKind, { capacity: number; refillPerSecond: number }>> = {
  reads: { capacity: 250, refillPerSecond: 25 },
  writes: { capacity: 200, refillPerSecond: 10 },
  deletes: { capacity: 200, refillPerSecond: 10 },
};
const globalFactor = 15;

/** What the throttle says of a call. */
export interface ThrottleAnswer {
  readonly headers: Readonly<Record<string, string>>;
  /** Whole seconds until the call may be repeated; undefined where it may pass. */
  readonly retryAfterSeconds: number | undefined;
}

/**
 * Azure Resource Manager's limits per subscription (or tenant), principal and kind of call: 250 reads refilled at 25/s,
 * 200 writes and 200 deletes refilled at 10/s. The refill is as many times faster as operations are.
 * Source: Azure Resource Manager, "Understand how Azure Resource Manager throttles requests".
 */
export class Throttle {
  readonly #speed: number;
  readonly #buckets = new Map<string, TokenBucket>();

  /** @param speed LOCAL_AZURE_SPEED; 0 means unlimited */
  constructor(speed: number) {
    this.#speed = speed;
  }

  take(subscriptionId: string | undefined, principalId: string, method: string, now = Date.now()): ThrottleAnswer {
    const kind = kindOf(method);
    const { capacity, refillPerSecond } = buckets[kind];
    if (this.#speed === 0)
      return { headers: headers(subscriptionId, kind, capacity - 1), retryAfterSeconds: undefined };
    const key = `${subscriptionId ?? "tenant"} ${principalId} ${kind}`;
    const bucket = this.#buckets.get(key) ?? new TokenBucket(capacity, refillPerSecond * this.#speed, now);
    this.#buckets.set(key, bucket);
    const { remaining, waitSeconds } = bucket.take(now);
    return {
      headers: headers(subscriptionId, kind, remaining),
      retryAfterSeconds: waitSeconds === 0 ? undefined : Math.max(1, Math.ceil(waitSeconds)),
    };
  }

  clear(): void {
    this.#buckets.clear();
  }
}

function kindOf(method: string): CallKind {
  if (method === "GET" || method === "HEAD") return "reads";
  return method === "DELETE" ? "deletes" : "writes";
}

function headers(subscriptionId: string | undefined, kind: CallKind, remaining: number): Record<string, string> {
  if (subscriptionId === undefined) return { [`x-ms-ratelimit-remaining-tenant-${kind}`]: String(remaining) };
  const global = buckets[kind].capacity * globalFactor - (buckets[kind].capacity - remaining);
  return {
    [`x-ms-ratelimit-remaining-subscription-${kind}`]: String(remaining),
    [`x-ms-ratelimit-remaining-subscription-global-${kind}`]: String(global),
  };
}
