import { AsyncLocalStorage } from "node:async_hooks";

/** Retry-After of most operations of Microsoft.Network, for those that tell none; in seconds. */
const usualRetryAfter = 10;
/** Of the 250 reads that a subscription takes at once, so many are left to everything but early looks. */
const readsKept = 125;
const operationsKnown = 2_000;

interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** The share of Retry-After after which an operation is first looked at. */
const usualFirstLook = 0.1;
const firstLook = new AsyncLocalStorage<number>();

/**
 * Runs work that spends few calls rather than a little time: its operations are first looked at when they usually have
 * ended, after a third of Azure's Retry-After of ten seconds.
 */
export function withFewLooks<R>(work: () => Promise<R>): Promise<R> {
  return firstLook.run(0.35, work);
}

/** For the SDKs' option of this name: they look as often as they like, and the pace makes them wait. */
export const updateIntervalInMs = 1;

interface Operation {
  readonly startedAt: number;
  nextAt: number;
}

interface Headers {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  delete(name: string): void;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
}

/**
 * When to look how a long-running operation stands: at first after a tenth of Azure's Retry-After (a second of the usual
 * ten), then each time after a fifth of the time that it has run, at most after Retry-After; most operations of
 * Microsoft.Network are shorter than that. A subscription whose reads run low is asked only when Retry-After says so.
 * The SDKs look at once, which tells nothing, and then after Retry-After alone.
 */
export function operationPace({ now, sleep }: Clock) {
  const operations = new Map<string, Operation>();

  function begin(url: string, answer: Answer, startedAt: number): void {
    operations.set(keyOf(url), {
      startedAt,
      nextAt: now() + retryAfterOf(answer) * (firstLook.getStore() ?? usualFirstLook),
    });
    const [oldest] = operations.keys();
    if (oldest !== undefined && operations.size > operationsKnown) operations.delete(oldest);
  }

  function looked(operation: Operation, answer: Answer): void {
    const atMost = retryAfterOf(answer);
    const reads = answer.headers.get("x-ms-ratelimit-remaining-subscription-reads");
    const mayBeEarly = reads === undefined || Number(reads) > readsKept;
    const early = Math.max(atMost / 10, (now() - operation.startedAt) / 5);
    operation.nextAt = now() + (mayBeEarly ? Math.min(atMost, early) : atMost);
    answer.headers.delete("retry-after");
  }

  return {
    /** Whether the request with this URL looks at an operation that is followed. */
    isLook: (url: string): boolean => operations.has(keyOf(url)),
    position: "perCall" as const,
    policy: {
      name: "operationPace",
      async sendRequest<Q extends { readonly method: string; readonly url: string }, R extends Answer>(
        request: Q,
        next: (request: Q) => Promise<R>,
      ): Promise<R> {
        const operation = request.method === "GET" ? operations.get(keyOf(request.url)) : undefined;
        if (operation !== undefined) await sleep(Math.max(0, operation.nextAt - now()));
        const answer = await next(request);
        const { status } = answer;
        const follow = operationUrl(answer);
        if (follow !== undefined && !operations.has(keyOf(follow)))
          begin(follow, answer, operation?.startedAt ?? now());
        if (operation === undefined) atLeastASecond(answer);
        else if (status === 200 || status === 202) looked(operation, answer);
        return answer;
      },
    },
  };
}

/** In milliseconds. */
function retryAfterOf({ headers }: Answer): number {
  const seconds = Number(headers.get("retry-after"));
  return (seconds > 0 ? seconds : usualRetryAfter) * 1_000;
}

/** An SDK may look at the resource itself, which Azure gave no operation for. */
function atLeastASecond({ status, headers }: Answer): void {
  if (status < 300 && headers.get("retry-after") === undefined) headers.set("retry-after", "1");
}

/** Where the state of an accepted operation is told (Azure Resource Manager, "Track asynchronous Azure operations"). */
function operationUrl({ status, headers }: Answer): string | undefined {
  if (status !== 200 && status !== 201 && status !== 202) return undefined;
  return headers.get("azure-asyncoperation") ?? (status === 202 ? headers.get("location") : undefined);
}

/** The operation's id is part of the path; the SDKs may write the query in another way. */
function keyOf(url: string): string {
  return (url.split("?")[0] ?? "").toLowerCase();
}
