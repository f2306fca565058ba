/** What Azure said to a request that it refused, by the request, for as long as somebody holds that. */
const told = new WeakMap<object, string>();

interface Answer {
  readonly status: number;
  readonly bodyAsText?: string | null;
}

/**
 * Keeps the message of each refusal: where a page of a list is refused, the newer SDK clients throw an error with Azure's
 * code and a text of their own, which names no action and no scope.
 */
export const toldRefusals = {
  position: "perRetry" as const,
  policy: {
    name: "toldRefusals",
    async sendRequest<Q extends object, R extends Answer>(request: Q, next: (request: Q) => Promise<R>): Promise<R> {
      const answer = await next(request);
      const message = answer.status >= 400 ? messageIn(answer.bodyAsText) : null;
      if (message !== null) told.set(request, message);
      return answer;
    },
  },
};

/** Azure's own message for a request that was refused; null where it said none. */
export function toldFor(request: unknown): string | null {
  return typeof request === "object" && request !== null ? (told.get(request) ?? null) : null;
}

function messageIn(text: string | null | undefined): string | null {
  try {
    const { error } = JSON.parse(text ?? "") as { error?: { message?: unknown } };
    return typeof error?.message === "string" ? error.message : null;
  } catch {
    return null;
  }
}
