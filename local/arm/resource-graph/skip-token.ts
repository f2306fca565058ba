import { createHash, createHmac } from "node:crypto";
import { badQueryRequest } from "./resource-graph-errors.ts";

/** No secret: the signature keeps made-up and foreign tokens out, also after a restart. */
const signingKey = "local-azure-resource-graph";

/** What a token is tied to: who asks, for what, in which scope. */
export function queryFingerprint(principalId: string, query: string, scope: readonly string[]): string {
  const parts = JSON.stringify([principalId, query, [...scope].sort()]);
  return createHash("sha256").update(parts).digest("base64url");
}

/** The token of the rows behind the first `offset` ones of a query's result. */
export function skipToken(fingerprint: string, offset: number): string {
  return Buffer.from(`${offset}.${signature(fingerprint, offset)}`).toString("base64url");
}

/**
 * How many rows the token passes over.
 * @throws ArmError 400 for a token that was not made for this query
 */
export function offsetOf(token: string, fingerprint: string): number {
  const [offset = "", signed] = Buffer.from(token, "base64url").toString("utf8").split(".");
  const valid = /^\d{1,9}$/.test(offset) && signed === signature(fingerprint, Number(offset));
  if (valid) return Number(offset);
  const message = "The skip token is invalid, or was made for another query or scope.";
  throw badQueryRequest("InvalidSkipToken", message);
}

function signature(fingerprint: string, offset: number): string {
  return createHmac("sha256", signingKey).update(`${fingerprint} ${offset}`).digest("base64url");
}
