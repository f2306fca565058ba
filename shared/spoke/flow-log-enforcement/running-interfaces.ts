import { parseResourceId, resourceIdKey, tryParseResourceId } from "../../domain/resource-id.ts";
import type { SubscriptionSight } from "./observed-networks.ts";

/**
 * How many interfaces of running machines stand in each network, by the key of its id. An interface that is attached to a
 * machine that is off sends nothing, and says nothing about a flow log.
 */
export function runningInterfaces(
  sight: Pick<SubscriptionSight, "interfaces" | "runningMachineIds">,
): ReadonlyMap<string, number> {
  const running = new Set(sight.runningMachineIds.map(resourceIdKey));
  const counts = new Map<string, number>();
  for (const { virtualMachineId, subnetIds } of sight.interfaces) {
    if (!running.has(resourceIdKey(virtualMachineId))) continue;
    const networks = new Set(subnetIds.filter((id) => tryParseResourceId(id) !== null).map(networkKey));
    for (const network of networks) counts.set(network, (counts.get(network) ?? 0) + 1);
  }
  return counts;
}

/** Key of the network that a subnet belongs to. */
export function networkKey(subnetId: string): string {
  return resourceIdKey(parseResourceId(subnetId).parentId);
}
