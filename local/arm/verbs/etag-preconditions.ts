import { preconditionFailed } from "../errors/conflict-errors.ts";
import type { ArmRequest } from "../requests/arm-request.ts";
import type { Resource } from "../resource.ts";

/**
 * Holds a write against If-Match and If-None-Match.
 * @throws ArmError 412 PreconditionFailed
 */
export function checkPreconditions(request: ArmRequest, id: string, existing: Resource | undefined): void {
  const ifMatch = request.headers["if-match"];
  if (ifMatch !== undefined && (existing === undefined || !matches(ifMatch, existing.etag))) {
    throw preconditionFailed(id, ifMatch);
  }
  const ifNoneMatch = request.headers["if-none-match"];
  if (ifNoneMatch !== undefined && existing !== undefined && matches(ifNoneMatch, existing.etag)) {
    throw preconditionFailed(id, ifNoneMatch);
  }
}

function matches(header: string, etag: string): boolean {
  if (header.trim() === "*") return true;
  return header.split(",").some((each) => opaque(each) === opaque(etag));
}

function opaque(etag: string): string {
  return etag.trim().replace(/^W\//, "").replaceAll('"', "");
}
