import { isCanonicalIpv4Prefix, isIpv4Address, isIpv4Prefix } from "./address-prefix.ts";

/** What the `to` of an outbound access is: an address or prefix, decided by NSGs, or a host name, decided by a firewall. */
export type OutboundDestination =
  | { readonly kind: "prefix"; readonly prefix: string }
  | { readonly kind: "host-name"; readonly hostName: string };

const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
// The last label begins with a letter, so that no malformed address passes for a name (RFC 1123 section 2.1).
const hostNamePattern = new RegExp(`^(?=.{1,253}$)(?:\\*\\.)?(?:${label}\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$`);

/**
 * Reads a destination; null where it is none. A host name may begin with `*.`, as the target FQDNs of Azure
 * Firewall's application rules may; an address stands for its /32, and names are kept in lower case.
 */
export function outboundDestination(to: string): OutboundDestination | null {
  if (isIpv4Address(to)) return { kind: "prefix", prefix: `${to}/32` };
  if (isIpv4Prefix(to)) return isCanonicalIpv4Prefix(to) ? { kind: "prefix", prefix: to } : null;
  const hostName = to.toLowerCase();
  return hostNamePattern.test(hostName) ? { kind: "host-name", hostName } : null;
}
