import type { ResourcePort, ResourcePorts } from "../azure/ports.ts";
import type { DesiredResource, ObservedResource, ResourceType } from "../domain/resource.ts";

/** The port of a type that is known only at run time: the port's parameter and the resource agree by `type`. */
export function portOf(ports: ResourcePorts, type: ResourceType): ResourcePort<ResourceType> {
  return ports[type] as unknown as ResourcePort<ResourceType>;
}

/** What stands for a desired resource, or null. */
export function observeResource(ports: ResourcePorts, desired: DesiredResource): Promise<ObservedResource | null> {
  return portOf(ports, desired.type).observe(desired);
}
