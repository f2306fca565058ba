import { outboundDestination } from "../domain/outbound-destination.ts";
import type { OutboundAccess } from "../domain/spoke-request.ts";

/** Outbound accesses by who decides them: NSGs decide prefixes, the hub's firewall decides host names. */
export interface OutboundSplit {
  readonly byPrefix: readonly (OutboundAccess & { readonly prefix: string })[];
  readonly byHostName: readonly (OutboundAccess & { readonly hostName: string })[];
}

/** Splits the outbound accesses of a parsed request, whose destinations are all readable. */
export function splitOutbound(accesses: readonly OutboundAccess[]): OutboundSplit {
  const read = accesses.map((access) => ({ access, destination: outboundDestination(access.to) }));
  return {
    byPrefix: read.flatMap(({ access, destination }) =>
      destination?.kind === "prefix" ? [{ ...access, prefix: destination.prefix }] : [],
    ),
    byHostName: read.flatMap(({ access, destination }) =>
      destination?.kind === "host-name" ? [{ ...access, hostName: destination.hostName }] : [],
    ),
  };
}
