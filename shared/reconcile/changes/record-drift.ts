import type { Change } from "../../domain/plan.ts";
import { isWatchedType } from "../../domain/watched-types.ts";

/** Whether the entity of the resource tells and restores what differs of it: a change that an event may tell of too. */
export function isWatchedChange({ type, desired }: Change): boolean {
  return isWatchedType(type) && (desired?.ownership === "owned" || desired?.ownership === "membership");
}

/**
 * Hands drift that a sweep found to the entities of its resources, which look for themselves, write it down as a change
 * (`detectedBy: "sweep"`), tell it, and restore it where the mode says so. Answers the changes that no entity is there
 * for and a run of the spoke has to make. Start that run only after the entities had a minute: they wait for the end of
 * a run, and would then find nothing to tell.
 * @param signal signals the entity of a resource: `networkResourceEntity(resourceId)`, operation "sweep", `{resourceId}`
 */
export async function recordDrift(
  changes: readonly Change[],
  signal: (resourceId: string) => Promise<void>,
): Promise<readonly Change[]> {
  const open = changes.filter(({ action }) => action !== "none");
  for (const { id } of open.filter(isWatchedChange)) await signal(id);
  return open.filter((change) => !isWatchedChange(change));
}
