import { poolPrefixes } from "../address-pool.ts";
import { isCanonicalIpv4Prefix, prefixContains, prefixesOverlap, prefixLength } from "../address-prefix.ts";
import type { PlatformConfiguration } from "../platform-configuration.ts";
import type { Violation } from "../violation.ts";
import type { RequestParts } from "./request-parts.ts";

/** Wider prefixes would open the Internet in a few pieces. */
const widestDestination = 8;
/** "This network", loopback, multicast and reserved addresses: no host answers there (RFC 6890 section 2.2.2). */
const noHosts: readonly string[] = ["0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4"];

/** A destination prefix is neither everything, nor the spoke itself, nor one where no host can be. */
export function* outboundPrefixRules(
  pointer: string,
  prefix: string,
  parts: RequestParts,
  configuration: PlatformConfiguration,
): Generator<Violation> {
  if (prefixLength(prefix) < widestDestination) {
    const message = `Must be /${widestDestination} or narrower: name the addresses that the application needs.`;
    yield { pointer, code: "destination-too-wide", message };
    return;
  }
  if (noHosts.some((range) => prefixContains(range, prefix))) {
    yield { pointer, code: "destination-not-unicast", message: "No host can have an address of this range." };
  }
  if (ownPrefixes(parts, configuration).some((own) => own.overlaps(prefix))) {
    const message = "Reaches the spoke's own addresses: traffic between its tiers is said by application.flows.";
    yield { pointer, code: "destination-is-own-spoke", message };
  }
}

/** Where the spoke lies, or, where it gets its prefix from a pool, what certainly covers it. */
function ownPrefixes({ spoke }: RequestParts, { addressPools }: PlatformConfiguration) {
  const { addressPrefix, location } = spoke;
  if (typeof addressPrefix === "string") {
    if (!isCanonicalIpv4Prefix(addressPrefix)) return [];
    return [{ overlaps: (prefix: string) => prefixesOverlap(prefix, addressPrefix) }];
  }
  if (addressPrefix === undefined || location === undefined || !Object.hasOwn(addressPools, location)) return [];
  return poolPrefixes(addressPools[location]).map((pool) => ({
    overlaps: (prefix: string) => prefixContains(prefix, pool),
  }));
}
