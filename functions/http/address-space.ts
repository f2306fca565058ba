import { isIpamPool, poolPrefixes } from "../../shared/domain/address-pool.ts";
import type { PlatformConfiguration } from "../../shared/domain/platform-configuration.ts";
import type { SpokeRecord } from "../../shared/domain/spoke-record.ts";
import type { SpokeRequest } from "../../shared/domain/spoke-request.ts";
import type { SpaceWish } from "../../shared/reconcile/address-space.ts";
import type { LeaseAnswer, ReservedPrefix } from "../../shared/state/address-lease.ts";
import type { Composition } from "../composition.ts";
import { type Problem, problemAt } from "./problem.ts";

/**
 * What the request asks of the platform's address space. A spoke of which something may stand in Azure stays where it
 * is.
 * @param record of the spoke, null for a new one
 */
export function leaseWish(
  configuration: PlatformConfiguration,
  request: SpokeRequest,
  record: SpokeRecord | null,
  now: string,
): SpaceWish {
  const pool = configuration.addressPools[request.location];
  const reserved: ReservedPrefix[] = [
    ...configuration.hubs.flatMap((hub) =>
      hub.addressPrefixes.map((prefix) => ({ prefix, owner: `the hub in ${hub.location}` })),
    ),
    ...configuration.internalPrefixes.map((prefix) => ({ prefix, owner: "an internal prefix of the platform" })),
  ];
  const standing = record !== null && record.resources.length > 0 ? record.addressPrefix : null;
  return {
    spoke: request.name,
    prefix: request.addressPrefix ?? standing,
    subscriptionId: request.subscriptionId,
    pools: poolPrefixes(pool),
    ipamPools: Object.values(configuration.addressPools).filter(isIpamPool),
    ownPool: pool !== undefined && isIpamPool(pool) ? pool : null,
    length: configuration.allocatedPrefixLength,
    reserved,
    now,
  };
}

/**
 * Leases the prefix of a request.
 * @throws Problem 409 naming what the prefix overlaps, or that the pool is used up.
 */
export async function takePrefix(compose: Pick<Composition, "leases">, wish: SpaceWish): Promise<string> {
  return leasedPrefix(await (await compose.leases()).take(wish));
}

/**
 * Makes sure that the spoke holds the prefix of its record before a run builds on it.
 * @throws Problem 409 naming who has it instead.
 */
export async function holdPrefix(
  compose: Pick<Composition, "configuration" | "leases" | "now">,
  record: SpokeRecord,
): Promise<void> {
  const wish = leaseWish(await compose.configuration(), record.request, record, compose.now());
  await takePrefix(compose, { ...wish, prefix: record.addressPrefix });
}

/**
 * The prefix of an answer.
 * @throws Problem 409 naming what the prefix overlaps, or that the pool is used up.
 */
export function leasedPrefix(answer: LeaseAnswer): string {
  if (answer.ok) return answer.prefix;
  throw answer.reason === "exhausted" ? poolExhausted() : overlapping(answer.with);
}

function poolExhausted(): Problem {
  return problemAt(
    409,
    "The platform's address pool of this location has no free prefix.",
    "/addressPrefix",
    "AddressPoolExhausted",
    "Ask the platform team to enlarge the pool, or name a prefix that is free.",
  );
}

function overlapping(other: Extract<LeaseAnswer, { readonly reason: "overlap" }>["with"]): Problem {
  const owner = "owner" in other ? other.owner : `the spoke ${other.spoke}`;
  return problemAt(
    409,
    "The address prefix is not free.",
    "/addressPrefix",
    "AddressPrefixOverlaps",
    `It overlaps ${other.prefix}, which is ${owner}.`,
  );
}
