import { resourceIdKey, tryParseResourceId } from "../../domain/resource-id.ts";
import type { SeenInterface, SeenSecurityGroup } from "./observed-networks.ts";
import { networkKey } from "./running-interfaces.ts";

/**
 * Keys of the networks in which an NSG holds, by subnets and by interfaces. Null where it holds at one whose network is not
 * known, such as an interface of a scale set or of no machine: then nobody can say in which networks it holds.
 */
export function networksOfGroup(
  { subnetIds, networkInterfaceIds }: Pick<SeenSecurityGroup, "subnetIds" | "networkInterfaceIds">,
  interfaces: readonly SeenInterface[],
): ReadonlySet<string> | null {
  const subnetsOf = new Map(interfaces.map((one) => [resourceIdKey(one.id), one.subnetIds]));
  const found = new Set<string>();
  const places = [
    ...subnetIds.map((id) => [id]),
    ...networkInterfaceIds.map((id) => subnetsOf.get(resourceIdKey(id)) ?? []),
  ];
  for (const subnets of places) {
    if (subnets.length === 0 || subnets.some((id) => tryParseResourceId(id) === null)) return null;
    for (const subnet of subnets) found.add(networkKey(subnet));
  }
  return found;
}
