import { RefusedError } from "../domain/errors.ts";
import type { DesiredResource, ObservedResource } from "../domain/resource.ts";
import { parseResourceId } from "../domain/resource-id.ts";
import { spokeTag } from "../domain/spoke-tag.ts";

/**
 * Whether a resource that the spoke shall own stands and belongs to somebody else: it takes tags and lacks the spoke's
 * own. Types without tags (peerings, role assignments) tell nothing and are never taken.
 */
export function isTaken(spoke: string, desired: DesiredResource, observed: ObservedResource): boolean {
  if (desired.ownership !== "owned" || !("tags" in desired.body)) return false;
  return !("tags" in observed.body) || observed.body.tags[spokeTag] !== spoke;
}

/**
 * Writing to a resource of others would change what is theirs, and a role on their group would open it to the
 * requester: so the whole plan is refused.
 */
export function resourceTaken(spoke: string, { id }: ObservedResource): RefusedError {
  const { name, type } = parseResourceId(id);
  const isGroup = type === "Microsoft.Resources/resourceGroups";
  return new RefusedError({
    code: isGroup ? "ResourceGroupTaken" : "ResourceTaken",
    message: `${isGroup ? "The resource group" : "The resource"} ${name} stands already and does not belong to the spoke ${spoke}: it lacks the tag ${spokeTag}: ${spoke}.`,
    resourceId: id,
    remedy: `Choose another name for the spoke, or let the owner of ${name} delete it or give it the tag ${spokeTag}: ${spoke}.`,
  });
}
