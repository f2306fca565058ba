import type { ResourcePort, ResourcePorts } from "../azure/ports.ts";
import type { DesiredResource, ObservedResource, ResourceType } from "../domain/resource.ts";
import { resourceIdKey } from "../domain/resource-id.ts";

/** The port of a type that is known only at run time: the port's parameter and the resource agree by `type`. */
export function portOf(ports: ResourcePorts, type: ResourceType): ResourcePort<ResourceType> {
  return ports[type] as unknown as ResourcePort<ResourceType>;
}

/** What stands for a desired resource, or null. */
export function observeResource(ports: ResourcePorts, desired: DesiredResource): Promise<ObservedResource | null> {
  return portOf(ports, desired.type).observe(desired);
}

/** What stands for each of the desired resources, by key of the desired id; asked for side by side. */
export async function observeAll(
  ports: ResourcePorts,
  desired: readonly DesiredResource[],
): Promise<ReadonlyMap<string, ObservedResource | null>> {
  const entries = desired.map(async (one) => [resourceIdKey(one.id), await observeResource(ports, one)] as const);
  return new Map(await Promise.all(entries));
}
