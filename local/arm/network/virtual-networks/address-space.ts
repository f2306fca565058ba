import type { JsonObject } from "../../json.ts";
import type { Resource } from "../../resource.ts";
import { prefixesOverlap, requireCanonicalPrefix } from "../address-prefix.ts";
import { objectOf, stringsOf } from "../json-value.ts";
import { badRequest } from "../refusals.ts";
import { requireKnownMembers } from "../stored-body.ts";

/** Ranges that no virtual network may contain ("Virtual network FAQ", "What address ranges can I use"). */
const FORBIDDEN = ["224.0.0.0/4", "255.255.255.255/32", "127.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32"];

/** An address space as Azure writes it. */
export type AddressSpace = { readonly addressPrefixes: readonly string[] };

/**
 * Checks the address space of a virtual network.
 * @param networkId the virtual network's resource ID
 */
export function readAddressSpace(properties: JsonObject, networkId: string): AddressSpace {
  const space = objectOf(properties.addressSpace, "properties.addressSpace");
  requireKnownMembers(space, "properties.addressSpace", {
    modelled: ["addressPrefixes"],
    unmodelled: ["ipamPoolPrefixAllocations"],
  });
  const prefixes = stringsOf(space.addressPrefixes, "properties.addressSpace.addressPrefixes");
  if (prefixes.length === 0) {
    throw badRequest(
      "AddressPrefixesRequired",
      `Virtual network ${networkId} must have at least one address prefix in its address space.`,
    );
  }
  for (const [index, prefix] of prefixes.entries()) {
    const { length } = requireCanonicalPrefix(prefix, networkId);
    const forbidden = FORBIDDEN.find((range) => prefixesOverlap([range], [prefix]));
    if (forbidden !== undefined || length < 2 || length > 29) {
      throw badRequest(
        "AddressPrefixNotAllowed",
        `Address prefix ${prefix} of virtual network ${networkId} is not allowed${forbidden ? `: it overlaps with ${forbidden}` : ": its length must be between 2 and 29"}.`,
      );
    }
    const other = prefixes.slice(0, index).find((earlier) => prefixesOverlap([earlier], [prefix]));
    if (other !== undefined) {
      throw badRequest(
        "OverlappingAddressPrefixes",
        `Address prefixes ${other} and ${prefix} of virtual network ${networkId} overlap.`,
      );
    }
  }
  return { addressPrefixes: prefixes };
}

/** The address space of a stored virtual network. */
export function addressSpaceOf(network: Resource): AddressSpace {
  return network.body.properties.addressSpace as AddressSpace;
}
