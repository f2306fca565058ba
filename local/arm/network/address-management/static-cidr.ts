import type { JsonObject } from "../../json.ts";
import { sameId } from "../../resource-id.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { WriteContext } from "../../world.ts";
import { prefixesContain, prefixesOverlap, requireCanonicalPrefix } from "../address-prefix.ts";
import { networkTypes } from "../back-references.ts";
import { defined, stringsOf, textOf } from "../json-value.ts";
import { childType } from "../network-type.ts";
import { badRequest, missingMember, notModelled } from "../refusals.ts";
import { requireKnownMembers, storedBody } from "../stored-body.ts";
import { addressCount, prefixesIn, staticCidrsOf } from "./pool-space.ts";

/** A part of an IPAM pool that somebody holds; no two of a pool overlap. */
export const staticCidr: ResourceType = {
  ...childType,
  type: networkTypes.staticCidr,
  etag: false,
  put: {
    operationName: "PutStaticCidrOperation",
    prepare: (context, body) => storedBody(body, readStaticCidr(context, body.properties)),
  },
  remove: { longRunning: "location", seconds: 5 },
};

function readStaticCidr(context: WriteContext, given: JsonObject): JsonObject {
  requireKnownMembers(given, "properties", {
    modelled: ["addressPrefixes", "numberOfIPAddressesToAllocate", "description"],
    readOnly: ["totalNumberOfIPAddresses"],
  });
  const prefixes = stringsOf(given.addressPrefixes, "properties.addressPrefixes");
  const asked = textOf(given.numberOfIPAddressesToAllocate, "properties.numberOfIPAddressesToAllocate");
  if (prefixes.length === 0 && asked !== undefined) {
    throw notModelled("a choice of prefixes by their number of addresses ('properties.numberOfIPAddressesToAllocate')");
  }
  if (prefixes.length === 0) throw missingMember("addressPrefixes", context.id.id);
  for (const prefix of prefixes) requireFree(context, prefix);
  const count = addressCount(prefixes);
  if (asked !== undefined && asked !== count) {
    throw badRequest("StaticCidrSizeMismatch", `${prefixes.join(", ")} has ${count} addresses, not ${asked}.`);
  }
  return defined({
    addressPrefixes: prefixes,
    numberOfIPAddressesToAllocate: count,
    totalNumberOfIPAddresses: count,
    description: textOf(given.description, "properties.description"),
  });
}

/** "What is IP address management in Azure Virtual Network Manager": allocations of a pool do not overlap. */
function requireFree({ id, parent, world }: WriteContext, prefix: string): void {
  requireCanonicalPrefix(prefix, id.id);
  const pool = parent === undefined ? [] : prefixesIn(parent);
  if (!prefixesContain(pool, prefix)) {
    throw badRequest("StaticCidrOutsideIpamPool", `${prefix} does not lie in the pool (${pool.join(", ")}).`);
  }
  const others = staticCidrsOf(world, parent?.id ?? "").filter((other) => !sameId(other.id, id.id));
  const holder = others.find((other) => prefixesOverlap(prefixesIn(other), [prefix]));
  if (holder === undefined) return;
  throw badRequest("StaticCidrOverlapsAllocation", `${prefix} overlaps what ${holder.id} holds.`);
}
