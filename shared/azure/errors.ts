import { type Failure, RefusedError, TransientError } from "../domain/errors.ts";
import { redacted } from "../domain/redacted.ts";
import { type CatalogueEntry, errorCatalogue } from "./error-catalogue.ts";
import { namedRemedy } from "./named-remedy.ts";
import { readThrown, type ThrownFailure } from "./thrown-failure.ts";

/** A typed failure, and what it says about time, in milliseconds. */
export interface TypedFailure {
  readonly error: RefusedError | TransientError;
  /** How long Azure asked to wait, or null. */
  readonly retryAfter: number | null;
  /** How long a refusal may still be Azure's own delay; 0 where it is what it says. */
  readonly settlesWithin: number;
}

const connectionCodes =
  /^(ECONNRESET|ECONNREFUSED|ECONNABORTED|ETIMEDOUT|ESOCKETTIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|REQUEST_SEND_ERROR|PARSE_ERROR|UND_ERR_.*)$/;
const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/;

/** Types anything that was thrown while Azure was asked. What is typed already passes unchanged. */
export function typedFailure(thrown: unknown, resourceId: string | null): TypedFailure {
  if (thrown instanceof RefusedError || thrown instanceof TransientError)
    return { error: thrown, retryAfter: null, settlesWithin: 0 };
  const failure = readThrown(thrown);
  const code = codeOf(thrown, failure);
  const entry = judge(code, failure);
  const told: Failure = {
    code,
    message: harmless(failure.message),
    resourceId,
    remedy: namedRemedy(code, failure.message) ?? entry.remedy,
  };
  // Only a programming error keeps its cause: an SDK's error holds the request with its token.
  const options = isProgrammingError(thrown) ? { cause: thrown } : {};
  const error = entry.disposition === "transient" ? new TransientError(told) : new RefusedError(told, options);
  return { error, retryAfter: failure.retryAfter, settlesWithin: entry.settlesWithin ?? 0 };
}

function codeOf(thrown: unknown, failure: ThrownFailure): string {
  if (failure.statusCode === null && failure.code !== null) {
    if (certificateCodes.test(failure.code)) return "CertificateNotTrusted";
    if (connectionCodes.test(failure.code)) return "ConnectionFailed";
  }
  if (thrown instanceof Error && /^(CredentialUnavailable|AggregateAuthentication)Error$/.test(thrown.name)) {
    return /ECONN|ETIMEDOUT|socket hang up/.test(failure.message) ? "ConnectionFailed" : "CredentialUnavailable";
  }
  if (failure.code !== null) return failure.code;
  // Nobody here aborts a request but its time limit.
  if (thrown instanceof Error && /^(AbortError|TimeoutError)$/.test(thrown.name)) return "ConnectionFailed";
  return failure.statusCode === null ? "UnexpectedError" : `Http${failure.statusCode}`;
}

const passing: CatalogueEntry = {
  disposition: "transient",
  remedy: "Nothing needs to be changed: run again, and the work continues where it stopped.",
};
const refused: CatalogueEntry = {
  disposition: "permanent",
  remedy: "Correct what Azure's message names, then run again.",
};

const otherGraph: CatalogueEntry = {
  disposition: "permanent",
  remedy: "Microsoft Graph takes no tokens of this audience: set MICROSOFT_GRAPH_AUDIENCE to the one of this cloud.",
};

function judge(code: string, failure: ThrownFailure): CatalogueEntry {
  // Microsoft Graph has one code for every token that it does not take.
  if (code === "InvalidAuthenticationToken" && /expired/i.test(failure.message)) return passing;
  if (code === "InvalidAuthenticationToken" && /audience/i.test(failure.message)) return otherGraph;
  const known = errorCatalogue[code];
  if (known) return known;
  if (failure.innerCodes.some((inner) => errorCatalogue[inner]?.disposition === "transient")) return passing;
  if (code === "ConnectionFailed" || code.startsWith("Retryable")) return passing;
  // Defender for Cloud says so with the code "Conflict", which means something lasting elsewhere.
  if (code === "Conflict" && /another .*operation is in progress/i.test(failure.message)) return passing;
  return failure.statusCode !== null && isPassingStatus(failure.statusCode) ? passing : refused;
}

function isPassingStatus(status: number): boolean {
  return status === 408 || status === 412 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

function isProgrammingError(thrown: unknown): boolean {
  return thrown instanceof TypeError || thrown instanceof RangeError || thrown instanceof ReferenceError;
}

const longestMessage = 1_000;

/** No secret reaches a message, and no page of HTML or dump of a request does. */
function harmless(message: string): string {
  const told = redacted(message);
  return told.length > longestMessage ? `${told.slice(0, longestMessage)}…` : told;
}
