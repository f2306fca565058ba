import type { ResourceBody } from "../../resource.ts";
import type { WriteContext } from "../../world.ts";
import { parseIpv4Range, prefixesContain, prefixesOverlap } from "../address-prefix.ts";
import { badRequest } from "../refusals.ts";
import type { AddressSpace } from "./address-space.ts";

type NamedSubnet = { readonly name: string; readonly properties: Record<string, unknown> };

/** "Virtual network FAQ": the smallest subnet. */
const LONGEST_PREFIX = 29;

/**
 * Checks a virtual network with all its subnets: each inside the address space, none over another and each of a name of its own.
 */
export function requireConsistentSubnets(context: WriteContext, merged: ResourceBody): void {
  const subnets = (merged.properties.subnets ?? []) as NamedSubnet[];
  const { addressPrefixes } = merged.properties.addressSpace as AddressSpace;
  const network = context.id.name;
  for (const [index, { name, properties }] of subnets.entries()) {
    const prefix = String(properties.addressPrefix ?? (properties.addressPrefixes as string[])[0]);
    if ((parseIpv4Range(prefix)?.length ?? 32) > LONGEST_PREFIX) {
      throw badRequest("NetcfgInvalidSubnet", `Subnet '${name}' is not valid in virtual network '${network}'.`);
    }
    if (!addressPrefixes.some((outer) => prefixesContain([outer], prefix))) {
      throw badRequest(
        "NetcfgSubnetRangeOutsideVnet",
        `Subnet '${name}' is not valid because its IP address range is outside the IP address range of virtual network '${network}'.`,
      );
    }
    for (const earlier of subnets.slice(0, index)) {
      const other = String(earlier.properties.addressPrefix ?? (earlier.properties.addressPrefixes as string[])[0]);
      if (earlier.name.toLowerCase() === name.toLowerCase()) {
        throw badRequest(
          "DuplicateResourceName",
          `Resource ${context.id.id} has two child resources with the same name (${name}).`,
        );
      }
      if (prefixesOverlap([other], [prefix])) {
        throw badRequest(
          "NetcfgSubnetRangesOverlap",
          `Subnet '${name}' is not valid because its IP address range overlaps with that of an existing subnet in virtual network '${network}'.`,
        );
      }
    }
  }
}
