import type { HttpResponseInit } from "@azure/functions";
import { type Failure, RefusedError, TransientError } from "../../shared/domain/errors.ts";
import type { Violation } from "../../shared/domain/violation.ts";

/** An answer other than the one asked for; thrown by what a handler calls, turned into a response at the edge. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly title: string;
  readonly errors: readonly Violation[];

  constructor(status: number, title: string, errors: readonly Violation[] = []) {
    super(title);
    this.status = status;
    this.title = title;
    this.errors = errors;
  }
}

/** A problem that concerns one part of the input. */
export function problemAt(status: number, title: string, pointer: string, code: string, message: string): Problem {
  return new Problem(status, title, [{ pointer, code, message }]);
}

/** RFC 9457 `application/problem+json`; `errors` lists every violation (contract §2). */
export function problemResponse(problem: Problem): HttpResponseInit {
  const { status, title, errors } = problem;
  return {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(status === 503 ? { "retry-after": "10" } : {}),
    },
    body: JSON.stringify({ type: "about:blank", title, status, errors }),
  };
}

/** A failure on the way to Azure as a problem: refused is the request's or the platform's fault, transient passes. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (error instanceof RefusedError) return fromFailure(409, error.failure);
  if (error instanceof TransientError) return fromFailure(503, error.failure);
  return null;
}

function fromFailure(status: number, failure: Failure): Problem {
  return problemAt(status, failure.message, "", failure.code, `${failure.message} ${failure.remedy}`);
}
