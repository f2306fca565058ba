import type { Finding } from "./finding.ts";

/** What a user is told about a failure: which resource, Azure's (or our) code, and what to do about it. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly resourceId: string | null;
  readonly remedy: string;
}

/** A permanent refusal: trying again without a change of cause cannot help. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly failure: Failure;
  readonly findings: readonly Finding[];

  constructor(failure: Failure, options?: { cause?: unknown; findings?: readonly Finding[] }) {
    super(`${failure.code}: ${failure.message}`, options);
    this.failure = failure;
    this.findings = options?.findings ?? [];
  }
}

/** A passing trouble (throttling, a busy resource, a lost connection): the same call may succeed later. */
export class TransientError extends Error {
  override readonly name = "TransientError";
  readonly failure: Failure;

  constructor(failure: Failure, options?: { cause?: unknown }) {
    super(`${failure.code}: ${failure.message}`, options);
    this.failure = failure;
  }
}
