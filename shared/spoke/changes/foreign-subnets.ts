import type { ChangeMeaning } from "../../domain/network-change.ts";
import type { DesiredResource, ObservedResource } from "../../domain/resource.ts";
import { type ChangedPart, changedParts } from "./change-parts.ts";

/**
 * Subnets of others in the spoke's network that carry no NSG: they are left alone, as others' are, and told, because
 * everything in the network is open to them (guidance, step 3).
 */
export function foreignSubnetsWithoutGroup(desired: DesiredResource, observed: ObservedResource | null): ChangedPart[] {
  if (desired.type !== "Microsoft.Network/virtualNetworks" || observed?.type !== desired.type) return [];
  const { subnets } = observed.body as typeof desired.body;
  const own = new Set(desired.body.subnets.map(({ name }) => name.toLowerCase()));
  return subnets
    .filter(({ name, networkSecurityGroupId }) => networkSecurityGroupId === null && !own.has(name.toLowerCase()))
    .flatMap(({ name }) => {
      const pointer = `/subnets/${name}/networkSecurityGroupId`;
      return changedParts(desired, observed, [{ pointer, desired: "an NSG of its own", observed: null }]);
    });
}

export function meaningOfForeignSubnet({ pointer }: ChangedPart): ChangeMeaning {
  return {
    code: "ForeignSubnetWithoutNetworkSecurityGroup",
    severity: "high",
    message: `${pointer.split("/").at(-1)} was added by others and carries no NSG. The tool leaves it alone: give it one, or remove it.`,
  };
}
