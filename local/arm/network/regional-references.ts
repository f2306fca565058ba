import { invalidResourceReference } from "../errors/reference-errors.ts";
import { isJsonObject } from "../json.ts";
import type { ResourceBody } from "../resource.ts";
import { isWithin, parseResourceId } from "../resource-id.ts";
import type { World, WriteContext } from "../world.ts";

/** Members that may name a resource in another region or subscription. */
const GLOBAL_REFERENCES = ["remoteVirtualNetwork", "firewallPolicy"];

/**
 * A network resource joins only what stands in its own region and subscription; Azure answers for the rest as if it did
 * not exist.
 * @param body what is to be stored, with `location`
 * @throws ArmError `InvalidResourceReference`
 */
export function requireReferencesNearby(context: WriteContext, body: ResourceBody): void {
  for (const id of referencesIn(body.properties)) {
    if (isWithin(id, context.id.id)) continue;
    const sameSubscription = parseResourceId(id)?.subscriptionId === context.id.subscriptionId;
    if (!sameSubscription || regionOf(context.world, id) !== body.location) {
      throw invalidResourceReference(id, context.id.id);
    }
  }
}

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([member, inner]) => {
    if (GLOBAL_REFERENCES.includes(member)) return [];
    return member === "id" && typeof inner === "string" ? [inner] : referencesIn(inner);
  });
}

/** The region of a resource, or of the resource that it is a part of. */
function regionOf(world: World, id: string): string | undefined {
  const resource = world.get(id);
  const parentId = parseResourceId(id)?.parentId;
  if (!resource || resource.body.location !== undefined || parentId === undefined) return resource?.body.location;
  return world.get(parentId)?.body.location;
}
