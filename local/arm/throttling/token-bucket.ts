/**
 * A token bucket: `capacity` tokens at most, `refillPerSecond` come back, each call takes one.
 * Source: Azure Resource Manager, "Understand how Azure Resource Manager throttles requests".
 */
export class TokenBucket {
  readonly #capacity: number;
  readonly #refillPerSecond: number;
  #tokens: number;
  #at: number;

  /** @param now milliseconds */
  constructor(capacity: number, refillPerSecond: number, now: number) {
    this.#capacity = capacity;
    this.#refillPerSecond = refillPerSecond;
    this.#tokens = capacity;
    this.#at = now;
  }

  /** Takes a token. `waitSeconds` is how long until one is there again; 0 where the call may pass. */
  take(now: number): { readonly remaining: number; readonly waitSeconds: number } {
    this.#tokens = Math.min(this.#capacity, this.#tokens + ((now - this.#at) / 1000) * this.#refillPerSecond);
    this.#at = now;
    if (this.#tokens < 1) return { remaining: 0, waitSeconds: (1 - this.#tokens) / this.#refillPerSecond };
    this.#tokens -= 1;
    return { remaining: Math.floor(this.#tokens), waitSeconds: 0 };
  }
}
