import type { ActionDefinition, ResourceType } from "../../resource-type.ts";
import { prefixesContain, prefixesOverlap, requireCanonicalPrefix } from "../address-prefix.ts";
import { networkTypes } from "../back-references.ts";
import { defined, stringsOf, textOf } from "../json-value.ts";
import { childType } from "../network-type.ts";
import { badRequest, inUse, missingMember } from "../refusals.ts";
import { requireKnownMembers, storedBody } from "../stored-body.ts";
import { addressCount, prefixesIn, prefixesWithout, staticCidrsOf } from "./pool-space.ts";

const MEMBERS = {
  modelled: ["addressPrefixes", "description", "displayName"],
  readOnly: ["ipAddressType"],
  unmodelled: ["parentPoolName", "minAllocationSize", "maxAllocationSize"],
};

const getPoolUsage: ActionDefinition = {
  invoke: ({ resource, world }) => {
    const addressPrefixes = prefixesIn(resource);
    const allocatedAddressPrefixes = staticCidrsOf(world, resource.id).flatMap(prefixesIn);
    const availableAddressPrefixes = prefixesWithout(addressPrefixes, allocatedAddressPrefixes);
    return {
      body: {
        addressPrefixes,
        childPools: [],
        allocatedAddressPrefixes,
        reservedAddressPrefixes: [],
        availableAddressPrefixes,
        totalNumberOfIPAddresses: addressCount(addressPrefixes),
        numberOfAllocatedIPAddresses: addressCount(allocatedAddressPrefixes),
        numberOfReservedIPAddresses: "0",
        numberOfAvailableIPAddresses: addressCount(availableAddressPrefixes),
      },
    };
  },
};

/** A pool of address space in Virtual Network Manager's IPAM; its parts are given out as static CIDRs. */
export const ipamPool: ResourceType = {
  ...childType,
  type: networkTypes.ipamPool,
  location: "required",
  tags: true,
  patch: "tags",
  put: {
    operationName: "PutIpamPoolOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 10, update: 10 },
    prepare: (context, body) => {
      const given = body.properties;
      requireKnownMembers(given, "properties", MEMBERS);
      const addressPrefixes = stringsOf(given.addressPrefixes, "properties.addressPrefixes");
      if (addressPrefixes.length === 0) throw missingMember("addressPrefixes", context.id.id);
      for (const [index, prefix] of addressPrefixes.entries()) {
        requireCanonicalPrefix(prefix, context.id.id);
        const other = addressPrefixes.slice(0, index).find((earlier) => prefixesOverlap([earlier], [prefix]));
        if (other === undefined) continue;
        throw badRequest("OverlappingAddressPrefixes", `Prefixes ${other} and ${prefix} of the pool overlap.`);
      }
      const outside = staticCidrsOf(context.world, context.id.id)
        .flatMap(prefixesIn)
        .find((prefix) => !prefixesContain(addressPrefixes, prefix));
      if (outside !== undefined) {
        throw badRequest("IpamPoolPrefixInUse", `The allocation ${outside} would no longer lie in the pool.`);
      }
      return storedBody(
        body,
        defined({
          addressPrefixes,
          ipAddressType: ["IPv4"],
          description: textOf(given.description, "properties.description"),
          displayName: textOf(given.displayName, "properties.displayName"),
        }),
      );
    },
  },
  remove: {
    longRunning: "location",
    seconds: 10,
    check: (context, existing) => {
      const holders = staticCidrsOf(context.world, existing.id).map(({ id }) => id);
      if (holders.length === 0) return;
      throw inUse("InUseIpamPoolCannotBeDeleted", "IPAM pool", existing.id, holders, "Delete them first.");
    },
  },
  actions: { getPoolUsage },
};
