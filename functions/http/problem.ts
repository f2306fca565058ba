import type { HttpResponseInit } from "@azure/functions";
import { type Failure, RefusedError, TransientError } from "../../shared/domain/errors.ts";
import type { Violation } from "../../shared/domain/violation.ts";
import { refusalStatus } from "./refusal-status.ts";

/** An answer other than the one asked for; thrown by what a handler calls, turned into a response at the edge. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly title: string;
  readonly errors: readonly Violation[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    title: string,
    errors: readonly Violation[] = [],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(title);
    this.status = status;
    this.title = title;
    this.errors = errors;
    this.headers = headers;
  }
}

/** A problem that concerns one part of the input. */
export function problemAt(status: number, title: string, pointer: string, code: string, message: string): Problem {
  return new Problem(status, title, [{ pointer, code, message }]);
}

/** 400 with everything that is wrong with a body. */
export function violationsProblem(violations: readonly Violation[]): Problem {
  const { length } = violations;
  return new Problem(400, `The request has ${length} violation${length === 1 ? "" : "s"}.`, violations);
}

/** RFC 9457 `application/problem+json`; `errors` lists every violation (contract §2). */
export function problemResponse({ status, title, errors, headers }: Problem): HttpResponseInit {
  return {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
    body: JSON.stringify({ type: "about:blank", title, status, errors }),
  };
}

/**
 * A failure on the way to Azure as a problem: refused is the request's or the platform's fault, transient passes. Null
 * where it is neither: then it is the tool's own.
 */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (error instanceof RefusedError) return refusalProblem(error.failure);
  if (error instanceof TransientError) return failureProblem(503, error.failure, { "retry-after": "10" });
  return null;
}

function refusalProblem(failure: Failure): Problem | null {
  const status = refusalStatus(failure.code);
  return status === 500 ? null : failureProblem(status, failure);
}

function failureProblem(status: number, failure: Failure, headers: Readonly<Record<string, string>> = {}): Problem {
  const { code, message, remedy } = failure;
  return new Problem(status, message, [{ pointer: "", code, message: `${message} ${remedy}` }], headers);
}
