import { ArmError } from "../arm-error.ts";
import type { Engine } from "../engine/engine.ts";
import { scopeLocked } from "../errors/conflict-errors.ts";
import { isWithin, parseResourceId } from "../resource-id.ts";
import type { ResourceType } from "../resource-type.ts";

const type = "Microsoft.Authorization/locks";
const levels = ["CanNotDelete", "ReadOnly"];

/** Management locks on any scope. Source: Azure Resource Manager, "Lock your resources to protect your infrastructure". */
export const managementLock: ResourceType = {
  type,
  scope: "extension",
  apiVersions: ["2016-09-01", "2017-04-01", "2020-05-01"],
  provisioningState: false,
  list: {
    by: ["scope"],
    select: ({ scope, world }) => world.list(type).filter(({ id }) => isWithin(id, scope.id)),
  },
  put: {
    operationName: "PutLockOperation",
    prepare: (_context, { properties }) => {
      const level = levels.find((each) => each.toLowerCase() === String(properties.level).toLowerCase());
      if (level === undefined)
        throw new ArmError(400, "InvalidLockLevel", `The lock level '${String(properties.level)}' is invalid.`);
      return { properties: { level, ...(typeof properties.notes === "string" ? { notes: properties.notes } : {}) } };
    },
  },
  remove: { operationName: "DeleteLockOperation" },
};

/**
 * Refuses a write or deletion that a lock at the scope or above forbids; a deletion also for locks below it.
 * @throws ArmError 409 ScopeLocked
 */
export function refuseLocked(engine: Engine, id: string, method: string, targetType: string): void {
  if (targetType.toLowerCase() === type.toLowerCase() || method === "GET" || method === "HEAD") return;
  const kind = method === "DELETE" ? "delete" : "write";
  const locks = engine.resources.list(type).filter((lock) => {
    const locked = parseResourceId(lock.id)?.extendedId ?? "/";
    const forbids = kind === "delete" || lock.body.properties.level === "ReadOnly";
    return forbids && (isWithin(id, locked) || (kind === "delete" && isWithin(locked, id)));
  });
  if (locks.length === 0) return;
  const scopes = locks.map((lock) => parseResourceId(lock.id)?.extendedId ?? "/");
  throw scopeLocked(id, kind, [...new Set(scopes)]);
}
