import { ArmError } from "../arm-error.ts";
import { authorizationFailed } from "../errors/authorization-errors.ts";
import { anotherOperationInProgress, scopeLocked } from "../errors/conflict-errors.ts";
import type { Fault } from "./faults.ts";

/**
 * What a call that meets a fault is refused with, before it has any effect; undefined for the faults that let the call
 * through (`timeout`, `lro-failed`, `lro-superseded`) and for `connection-reset`, which has no answer.
 */
export function faultRefusal(fault: Fault, path: string, principalId: string): ArmError | undefined {
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
    default:
      return undefined;
  }
}
