import { parseRoleCondition } from "../authorization/role-condition.ts";
import type { Engine } from "../engine/engine.ts";
import { storageAccountType } from "../platform/storage/storage-account-name.ts";
import { blobContainerId, storageQueueId } from "../platform/storage/storage-parts.ts";
import type { Resource } from "../resource.ts";
import type { StorageRight } from "./storage-operation.ts";
import { authorizationPermissionMismatch } from "./storage-refusal.ts";
import type { StorageUrl } from "./storage-url.ts";

/**
 * Lets a call pass where a role assignment of the principal permits one of the rights on the container or queue.
 * @throws StorageRefusal 403 AuthorizationPermissionMismatch
 */
export function authorizeStorage(
  engine: Engine,
  account: Resource,
  url: StorageUrl,
  rights: readonly StorageRight[],
  principalId: string,
): void {
  const scope = scopeOf(account.id, url);
  const allowed = rights.some(({ action: part, kind }) => {
    const action = `${storageAccountType}/${part}`;
    const grants = engine.access.grants(principalId, scope, action, kind, (condition) => holds(condition, action));
    return grants.length > 0;
  });
  if (!allowed) throw authorizationPermissionMismatch();
}

function scopeOf(accountId: string, { service, segments }: StorageUrl): string {
  const [part] = segments;
  if (part === undefined) return accountId;
  return service === "blob" ? blobContainerId(accountId, part) : storageQueueId(accountId, part);
}

/** Conditions here are about role assignments, of which a call of Storage has no attributes. */
function holds(condition: string, action: string): boolean {
  return parseRoleCondition(condition)({ action, request: {}, resource: {} });
}
