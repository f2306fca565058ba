import { excludeCidr, mergeCidr } from "cidr-tools";
import type { Resource } from "../../resource.ts";
import type { World } from "../../world.ts";
import { parseIpv4Range } from "../address-prefix.ts";
import { networkTypes } from "../back-references.ts";

/** The prefixes of a stored pool or static CIDR. */
export function prefixesIn(resource: Resource): readonly string[] {
  return resource.body.properties.addressPrefixes as readonly string[];
}

/** The static CIDRs of a pool. */
export function staticCidrsOf(world: World, poolId: string): readonly Resource[] {
  return world.list(networkTypes.staticCidr, poolId);
}

/** What of the prefixes is left, as few prefixes as it takes. */
export function prefixesWithout(prefixes: readonly string[], taken: readonly string[]): string[] {
  return mergeCidr(excludeCidr([...prefixes], [...taken]));
}

/** How many addresses prefixes have, as Azure writes numbers of IPAM: in words of digits. */
export function addressCount(prefixes: readonly string[]): string {
  const sizes = prefixes.map((prefix) => 2 ** (32 - (parseIpv4Range(prefix)?.length ?? 32)));
  return String(sizes.reduce((sum, size) => sum + size, 0));
}
