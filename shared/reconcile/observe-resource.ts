import type { ResourcePort, ResourcePorts } from "../azure/ports.ts";
import type { DesiredResource, ObservedResource, ResourceType } from "../domain/resource.ts";
import { parseResourceId, resourceGroupId, resourceIdKey } from "../domain/resource-id.ts";

/** The port of a type that is known only at run time: the port's parameter and the resource agree by `type`. */
export function portOf(ports: ResourcePorts, type: ResourceType): ResourcePort<ResourceType> {
  return ports[type] as unknown as ResourcePort<ResourceType>;
}

/** What stands for a desired resource, or null. */
export function observeResource(ports: ResourcePorts, desired: DesiredResource): Promise<ObservedResource | null> {
  return portOf(ports, desired.type).observe(desired);
}

const groupType = "Microsoft.Resources/resourceGroups";

/**
 * What stands for each of the desired resources, by key of the desired id; asked for side by side. Resource groups go
 * first: of what is to lie in one that does not stand, nothing stands.
 */
export async function observeAll(
  ports: ResourcePorts,
  desired: readonly DesiredResource[],
): Promise<ReadonlyMap<string, ObservedResource | null>> {
  const observe = async (of: readonly DesiredResource[]) =>
    Promise.all(of.map(async (one) => [resourceIdKey(one.id), await observeResource(ports, one)] as const));
  const groups = await observe(desired.filter(({ type }) => type === groupType));
  const missing = new Set(groups.flatMap(([key, observed]) => (observed === null ? [key] : [])));
  const others = desired.filter(({ type }) => type !== groupType);
  const asked = others.filter((one) => !isOwnedIn(missing, one));
  const unasked = others.filter((one) => isOwnedIn(missing, one)).map(({ id }) => [resourceIdKey(id), null] as const);
  return new Map([...groups, ...unasked, ...(await observe(asked))]);
}

/** For what the subscription shares, another of the same purpose may stand elsewhere. */
function isOwnedIn(groups: ReadonlySet<string>, { id, ownership }: DesiredResource): boolean {
  const { subscriptionId, resourceGroup } = parseResourceId(id);
  if (ownership !== "owned" || subscriptionId === null || resourceGroup === null) return false;
  return groups.has(resourceIdKey(resourceGroupId(subscriptionId, resourceGroup)));
}
