const queriesPerWindow = 15;
const windowSeconds = 5;

/** What the quota says of one query. */
export interface QuotaAnswer {
  /** `x-ms-user-quota-remaining` and `x-ms-user-quota-resets-after`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whole seconds until the next window; undefined where the query may pass. */
  readonly retryAfterSeconds: number | undefined;
}

/**
 * Resource Graph's quota: 15 queries in each window of five seconds and user; the window begins with its first query.
 * Windows are as many times shorter as operations are faster.
 * Source: Azure Resource Graph, "Guidance for throttled requests in Azure Resource Graph".
 */
export class UserQuota {
  readonly #windowMilliseconds: number;
  readonly #windows = new Map<string, { endsAt: number; used: number }>();

  /** @param speed LOCAL_AZURE_SPEED; 0 means unlimited */
  constructor(speed: number) {
    this.#windowMilliseconds = speed === 0 ? 0 : (windowSeconds * 1000) / speed;
  }

  take(principalId: string, now = Date.now()): QuotaAnswer {
    if (this.#windowMilliseconds === 0) return answer(queriesPerWindow - 1, windowSeconds * 1000, false);
    const current = this.#windows.get(principalId);
    const window =
      current !== undefined && now < current.endsAt ? current : { endsAt: now + this.#windowMilliseconds, used: 0 };
    this.#windows.set(principalId, window);
    const refused = window.used >= queriesPerWindow;
    if (!refused) window.used += 1;
    return answer(queriesPerWindow - window.used, window.endsAt - now, refused);
  }

  clear(): void {
    this.#windows.clear();
  }
}

function answer(remaining: number, milliseconds: number, refused: boolean): QuotaAnswer {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return {
    headers: {
      "x-ms-user-quota-remaining": String(remaining),
      "x-ms-user-quota-resets-after": `00:00:${String(seconds).padStart(2, "0")}`,
    },
    retryAfterSeconds: refused ? seconds : undefined,
  };
}
