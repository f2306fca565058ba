import { randomUUID } from "node:crypto";
import { ArmError, type ArmErrorDetail } from "../arm-error.ts";
import type { QueryError } from "./kql/query-error.ts";

/** What Resource Graph says of a refused query beside code and message. */
interface QueryErrorDetail extends ArmErrorDetail {
  readonly line?: number;
  readonly characterPositionInLine?: number;
  readonly token?: string;
}

/** The envelope of all its refusals: the message helps support alone, the details say what is wrong. */
function refusal(
  status: number,
  code: string,
  details: readonly QueryErrorDetail[],
  headers: Readonly<Record<string, string>> = {},
): ArmError {
  const message = `Please provide below info when asking for support: timestamp = ${new Date().toISOString()}, correlationId = ${randomUUID()}.`;
  return new ArmError(status, code, message, details, headers);
}

/** 400: a request that is no query. */
export function badQueryRequest(code: string, message: string): ArmError {
  return refusal(400, "BadRequest", [{ code, message }]);
}

/** 400 InvalidQuery, naming the word that is not understood; an unknown table has a code of its own. */
export function invalidQuery({ code, message, token, position }: QueryError): ArmError {
  if (code === "DisallowedLogicalTableName") return badQueryRequest(code, message);
  const general =
    "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.";
  return refusal(400, "BadRequest", [
    { code: "InvalidQuery", message: general },
    {
      code,
      message,
      line: position?.line ?? -1,
      characterPositionInLine: position?.character ?? -1,
      token: token.slice(0, 100),
    },
  ]);
}

/** 400: the page would be larger than Resource Graph answers; a smaller `$top` helps. */
export function responsePayloadTooLarge(size: number, limit: number): ArmError {
  const message = `Response payload size is ${size}, and has exceeded the limit of ${limit}. Please consider querying less data at a time and make paginated call if needed.`;
  return badQueryRequest("ResponsePayloadTooLarge", message);
}

/** 400: of all subscriptions asked for, the caller may read nothing in any. */
export function noValidSubscriptions(given: readonly string[]): ArmError {
  const message = `There must be at least one subscription that is eligible to contain resources. Given: '${given.join(", ")}'.`;
  return badQueryRequest("NoValidSubscriptionsInQueryRequest", message);
}

/** 403: a management group that the caller cannot read, or that is none. */
export function accessDenied(): ArmError {
  const message = "Access is denied to the requested resource. The user might not have enough permission.";
  return refusal(403, "AccessDenied", [{ code: "AccessDenied", message }]);
}

/** 429: the user's queries of this window are used up. */
export function rateLimiting(retryAfterSeconds: number): ArmError {
  const message =
    "Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.";
  const headers = { "retry-after": String(retryAfterSeconds) };
  return refusal(429, "RateLimiting", [{ code: "RateLimiting", message }], headers);
}
