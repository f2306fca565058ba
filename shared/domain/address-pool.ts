import { comparePrefixes, mergedPrefixes, prefixContains, prefixesOverlap } from "./address-prefix.ts";
import { RefusedError } from "./errors.ts";

/** A part of an IPAM pool of Azure Virtual Network Manager out of which spokes get their prefixes. */
export interface IpamPool {
  readonly ipamPoolId: string;
  /** Where in the pool spokes may lie: all of it, or parts. */
  readonly addressPrefixes: readonly string[];
}

/** Prefixes that this tool alone gives out, or an IPAM pool that others use too. */
export type AddressPool = readonly string[] | IpamPool;

export function isIpamPool(pool: AddressPool): pool is IpamPool {
  return "ipamPoolId" in pool;
}

/** The prefixes of a location's pool; none where it has no pool. */
export function poolPrefixes(pool: AddressPool | undefined): readonly string[] {
  if (pool === undefined) return [];
  return isIpamPool(pool) ? pool.addressPrefixes : pool;
}

/** The pool in which the whole of a prefix lies, or null. */
export function ipamPoolAround(pools: readonly IpamPool[], prefix: string): IpamPool | null {
  return pools.find((pool) => pool.addressPrefixes.some((part) => prefixContains(part, prefix))) ?? null;
}

/** A pool's part that a prefix overlaps without lying in it: nobody can take such a prefix out of a pool. */
export function ipamPoolAcross(pools: readonly IpamPool[], prefix: string): string | null {
  if (ipamPoolAround(pools, prefix) !== null) return null;
  return pools.flatMap((pool) => pool.addressPrefixes).find((part) => prefixesOverlap(part, prefix)) ?? null;
}

/** What Azure tells about a pool. */
export interface IpamPoolUsage {
  readonly addressPrefixes: readonly string[];
  /** What nobody holds. */
  readonly availableAddressPrefixes: readonly string[];
}

/**
 * What is free of the pool's part for spokes, lowest first.
 * @throws RefusedError `IpamPoolDiffers` where the configuration names prefixes that the pool does not have.
 */
export function freeOfIpamPool(pool: IpamPool, usage: IpamPoolUsage): string[] {
  const whole = mergedPrefixes(usage.addressPrefixes);
  const outside = pool.addressPrefixes.find((part) => !whole.some((prefix) => prefixContains(prefix, part)));
  if (outside !== undefined) throw ipamPoolDiffers(pool, outside);
  const available = mergedPrefixes(usage.availableAddressPrefixes);
  return pool.addressPrefixes
    .flatMap((part) =>
      available.flatMap((free) => {
        if (prefixContains(part, free)) return [free];
        return prefixContains(free, part) ? [part] : [];
      }),
    )
    .sort(comparePrefixes);
}

function ipamPoolDiffers({ ipamPoolId }: IpamPool, prefix: string): RefusedError {
  return new RefusedError({
    code: "IpamPoolDiffers",
    message: `The IPAM pool of the location does not have the prefix ${prefix}.`,
    resourceId: ipamPoolId,
    remedy: "Correct addressPools in the platform configuration, or add the prefix to the pool.",
  });
}
