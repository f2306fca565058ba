import { childResourceId } from "../domain/resource-id.ts";
import { deterministicGuid } from "./deterministic-guid.ts";

/** What a static CIDR is made for: one lease of one spoke. */
interface Lease {
  readonly spoke: string;
  readonly subscriptionId: string;
  /** ISO 8601, UTC: when it was taken. */
  readonly now: string;
}

/**
 * The static CIDR that holds the prefix of a lease in an IPAM pool. Its name is that of no other lease, be it of an
 * earlier or another request of the spoke or of a spoke of this name in another installation that uses the pool: so what
 * is given back is never somebody else's.
 */
export function staticCidrId(poolId: string, prefix: string, { spoke, subscriptionId, now }: Lease): string {
  const lease = deterministicGuid(spoke, subscriptionId, now).slice(0, 8);
  return childResourceId(poolId, "staticCidrs", `spoke-${spoke}-${prefix.replace("/", "-")}-${lease}`);
}
