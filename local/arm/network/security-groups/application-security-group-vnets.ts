import { idKey } from "../../resource-id.ts";
import type { World } from "../../world.ts";
import { interfacesNaming } from "../back-references.ts";
import { badRequest } from "../refusals.ts";

/** The virtual networks (by lower-case ID) in which network interfaces belong to an application security group. */
export function virtualNetworksOf(world: World, groupId: string, exceptInterface?: string): Set<string> {
  const networks = new Set<string>();
  for (const networkInterface of interfacesNaming(world, groupId)) {
    if (exceptInterface !== undefined && idKey(networkInterface.id) === idKey(exceptInterface)) continue;
    const configurations = (networkInterface.body.properties.ipConfigurations ?? []) as {
      properties: { subnet?: { id: string } };
    }[];
    for (const { properties } of configurations) {
      if (properties.subnet) networks.add(idKey(virtualNetworkOfSubnet(properties.subnet.id)));
    }
  }
  return networks;
}

/** The ID of the virtual network of a subnet. */
export function virtualNetworkOfSubnet(subnetId: string): string {
  return subnetId.slice(0, subnetId.toLowerCase().lastIndexOf("/subnets/"));
}

/**
 * All application security groups of one rule must have their interfaces in one virtual network.
 * @param networks virtual networks of the interfaces of the rule's groups
 * @throws ArmError `AllApplicationSecurityGroupsInSecurityRuleMustBeFromSameVnet`
 */
export function requireOneVirtualNetwork(ruleId: string, networks: ReadonlySet<string>): void {
  if (networks.size > 1) {
    throw badRequest(
      "AllApplicationSecurityGroupsInSecurityRuleMustBeFromSameVnet",
      `Security Rule ${ruleId} has Application Security Groups (ASGs) from multiple virtual networks (${[...networks].join(", ")}). All ASGs in a Security Rule should be from the same virtual network.`,
    );
  }
}
