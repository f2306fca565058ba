import { TransientError } from "../domain/errors.ts";
import { typedFailure } from "./errors.ts";
import { HttpFailure } from "./thrown-failure.ts";

interface Patience {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** A number from 0 up to but not including 1. */
  readonly random: () => number;
  /** Milliseconds that one call of a port may take for troubles that pass. */
  readonly patience: number;
}

interface GivenAnswer {
  readonly status: number;
}

const firstDelay = 500;
const longestDelay = 15_000;

/**
 * Repeats a read whose trouble outlasts what the SDK repeats by itself (three times, and 429 without Retry-After not at
 * all), for half of the patience of a call. That matters most between the polls of a long-running operation, where a
 * poller that gives up makes the whole write begin anew.
 */
export function askAgain({ sleep, random, now, patience }: Patience) {
  return {
    position: "perCall" as const,
    policy: {
      name: "askAgain",
      async sendRequest<Q extends { readonly method: string }, R extends GivenAnswer>(
        request: Q,
        next: (request: Q) => Promise<R>,
      ): Promise<R> {
        const deadline = now() + patience / 2;
        for (let attempt = 0; ; attempt++) {
          // The older clients throw what the newer ones answer.
          const outcome = await next(request).then(
            (answer) => ({ answer }),
            (error: unknown) => ({ error }),
          );
          const delay = Math.min(longestDelay, firstDelay * 2 ** attempt) * (0.5 + random() / 2);
          if (request.method !== "GET" || !isPassing(outcome) || now() + delay > deadline) return given(outcome);
          await sleep(delay);
        }
      },
    },
  };
}

type Outcome<R> = { readonly answer: R } | { readonly error: unknown };

function given<R>(outcome: Outcome<R>): R {
  if ("error" in outcome) throw outcome.error;
  return outcome.answer;
}

function isPassing(outcome: Outcome<GivenAnswer>): boolean {
  if ("answer" in outcome) return isPassingStatus(outcome.answer.status);
  // Azure asked for a longer wait than one call may take (retry-after-limit.ts).
  if (outcome.error instanceof HttpFailure) return false;
  const { name, statusCode } = outcome.error as { readonly name?: string; readonly statusCode?: number };
  if (statusCode !== undefined) return isPassingStatus(statusCode);
  // There was no answer: the connection broke, or is not to be trusted. What was given up is an AbortError.
  return name === "RestError" && typedFailure(outcome.error, null).error instanceof TransientError;
}

function isPassingStatus(status: number): boolean {
  return status === 429 || (status >= 500 && status !== 501 && status !== 505);
}
