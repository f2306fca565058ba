import { ArmError } from "../arm-error.ts";
import { authorizationFailed, expiredAuthenticationToken } from "../errors/authorization-errors.ts";
import { anotherOperationInProgress, scopeLocked } from "../errors/conflict-errors.ts";
import { resourceGroupNotFound, resourceNotFound } from "../errors/not-found-errors.ts";
import { parseResourceId } from "../resource-id.ts";
import type { Fault } from "./faults.ts";

/**
 * What a call that meets a fault is refused with, before it has any effect; undefined for the faults that let the call
 * through (`timeout` and those of operations) and for `connection-reset`, which has no answer.
 */
export function faultRefusal(fault: Fault, method: string, path: string, principalId: string): ArmError | undefined {
  const retryAfter: Record<string, string> =
    fault.retryAfterSeconds === null ? {} : { "retry-after": String(Math.max(1, Math.ceil(fault.retryAfterSeconds))) };
  switch (fault.kind) {
    case "429":
      return new ArmError(429, "TooManyRequests", "The request is being throttled.", [], retryAfter);
    case "503":
      return new ArmError(503, "ServiceUnavailable", "The service is temporarily unavailable.", [], retryAfter);
    case "409-another-operation": {
      const { status, code, message, details } = anotherOperationInProgress(path);
      return new ArmError(status, code, message, details, retryAfter);
    }
    case "forbidden":
      return authorizationFailed(principalId, "(ordered fault)", path);
    case "locked":
      return scopeLocked(path, "write", [path]);
    case "token-expired":
      return expiredAuthenticationToken();
    case "not-yet-known":
      return notYetKnown(method, path);
    default:
      return undefined;
  }
}

/** What a replica answers that has not heard of the resource yet; to a write, of its resource group. */
function notYetKnown(method: string, path: string): ArmError {
  const id = parseResourceId(path);
  const group = id?.resourceGroup;
  if (group !== undefined && method !== "GET" && method !== "HEAD") return resourceGroupNotFound(group);
  return resourceNotFound(id?.type ?? "", id?.name ?? path, group);
}
