import { HttpFailure, readThrown } from "./thrown-failure.ts";

interface Patience {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds that one call of a port may take for troubles that pass. */
  readonly patience: number;
}

interface ThrottledAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | undefined };
  readonly bodyAsText?: string | null;
}

interface ArmError {
  readonly error?: { readonly code?: string; readonly message?: string };
}

/**
 * The SDKs wait out whatever Retry-After says, hours included and three times over: a request gets half of the patience of
 * a call for that. What Azure wants to wait longer is thrown, so that the call itself decides by its own deadline. The
 * looks at a long-running operation are left alone: its own limit bounds them, and giving one up would begin the write
 * anew.
 * @param isLook whether the request with this URL looks at a long-running operation
 */
export function retryAfterLimit({ now, patience }: Patience, isLook: (url: string) => boolean) {
  const startedAt = new WeakMap<object, number>();
  return {
    position: "perRetry" as const,
    policy: {
      name: "retryAfterLimit",
      async sendRequest<Q extends { readonly url: string }, R extends ThrottledAnswer>(
        request: Q,
        next: (request: Q) => Promise<R>,
      ): Promise<R> {
        const started = startedAt.get(request) ?? now();
        startedAt.set(request, started);
        const answer = await next(request);
        if ((answer.status !== 429 && answer.status !== 503) || isLook(request.url)) return answer;
        const { retryAfter } = readThrown({ response: answer });
        if (retryAfter === null || now() + retryAfter <= started + patience / 2) return answer;
        throw new HttpFailure(answer, errorOf(answer));
      },
    },
  };
}

function errorOf({ bodyAsText }: ThrottledAnswer): ArmError["error"] {
  try {
    return (JSON.parse(bodyAsText ?? "") as ArmError | null)?.error;
  } catch {
    // A front end before Azure's services answers with a page.
    return undefined;
  }
}
