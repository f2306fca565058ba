import type { RetryOptions } from "./transient-retry.ts";

interface AskedRequest {
  readonly method: string;
}
interface GivenAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | undefined };
}

const mostAttempts = 6;
const firstDelay = 500;

/**
 * Asks again, within one request of an SDK, where a read is throttled without Retry-After: there the SDK gives up. That
 * matters most between the polls of a long-running operation, where a poller that gives up makes the whole write begin anew.
 */
export function askAgain({ sleep, random }: Pick<RetryOptions, "sleep" | "random">) {
  return {
    position: "perRetry" as const,
    policy: {
      name: "askAgain",
      async sendRequest<Q extends AskedRequest, R extends GivenAnswer>(
        request: Q,
        next: (request: Q) => Promise<R>,
      ): Promise<R> {
        for (let attempt = 1; ; attempt++) {
          const answer = await next(request);
          const isWorthAsking = request.method === "GET" && answer.status === 429 && !answer.headers.get("retry-after");
          if (attempt === mostAttempts || !isWorthAsking) return answer;
          await sleep(firstDelay * 2 ** (attempt - 1) * (0.5 + random() / 2));
        }
      },
    },
  };
}
