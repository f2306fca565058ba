/** Longer than Resource Manager's own limit for one answer (60 s); a long-running operation is many short requests. */
const timeout = 90_000;

/** The SDKs wait for ever for an answer that never comes: each request gets an end of its own (milliseconds). */
export const requestTimeout = {
  position: "perRetry" as const,
  policy: {
    name: "requestTimeout",
    sendRequest<Q extends { timeout: number }, R>(request: Q, next: (request: Q) => Promise<R>): Promise<R> {
      if (request.timeout === 0) request.timeout = timeout;
      return next(request);
    },
  },
};
