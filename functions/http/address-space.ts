import type { PlatformConfiguration } from "../../shared/domain/platform-configuration.ts";
import type { SpokeRequest } from "../../shared/domain/spoke-request.ts";
import type { LeaseAnswer, LeaseWish, ReservedPrefix } from "../../shared/state/address-leases.ts";
import type { Composition } from "../composition.ts";
import { type Problem, problemAt } from "./problem.ts";

/** So long a request may take from its lease to its record; a lease without a record is then nobody's. */
const abandonedAfterMilliseconds = 5 * 60_000;

/** What the request asks of the platform's address space. */
export function leaseWish(configuration: PlatformConfiguration, request: SpokeRequest, now: string): LeaseWish {
  const reserved: ReservedPrefix[] = [
    ...configuration.hubs.flatMap((hub) =>
      hub.addressPrefixes.map((prefix) => ({ prefix, owner: `the hub in ${hub.location}` })),
    ),
    ...configuration.internalPrefixes.map((prefix) => ({ prefix, owner: "an internal prefix of the platform" })),
  ];
  return {
    spoke: request.name,
    prefix: request.addressPrefix,
    pools: configuration.addressPools[request.location] ?? [],
    length: configuration.allocatedPrefixLength,
    reserved,
    now,
  };
}

/**
 * Leases the prefix of a request. A lease in the way whose request was never recorded, because the app died between
 * the two, is given back first.
 * @throws Problem 409 naming what the prefix overlaps, or that the pool is used up.
 */
export async function takePrefix(compose: Composition, wish: LeaseWish): Promise<string> {
  const leases = await compose.leases();
  for (;;) {
    const answer = await leases.take(wish);
    if (answer.ok || answer.reason !== "overlap" || "owner" in answer.with) return leasedPrefix(answer);
    const { spoke, takenAt } = answer.with;
    const young = Date.parse(wish.now) - Date.parse(takenAt) < abandonedAfterMilliseconds;
    if (young || (await (await compose.spokes()).readRecord(spoke)) !== null) return leasedPrefix(answer);
    await leases.release(spoke);
  }
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
