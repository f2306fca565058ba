import { isIpv4Prefix } from "../address-prefix.ts";
import { jsonPointer } from "../json-pointer.ts";
import { type OutboundDestination, outboundDestination } from "../outbound-destination.ts";
import type { PlatformConfiguration } from "../platform-configuration.ts";
import type { Violation } from "../violation.ts";
import { duplicateRules } from "./duplicate-rules.ts";
import { hostNameRules } from "./host-name-rules.ts";
import { outboundPrefixRules } from "./outbound-prefix-rules.ts";
import { prefixFormViolation } from "./prefix-form.ts";
import type { RequestParts } from "./request-parts.ts";

/** Destinations outside the spoke: addresses and prefixes that are narrow enough, names where a firewall can judge them. */
export function* outboundAccessRules(parts: RequestParts, configuration: PlatformConfiguration): Generator<Violation> {
  const destinations = parts.outboundAccess.map(({ to }) => (to === undefined ? null : outboundDestination(to)));
  for (const [index, { to, port, protocol }] of parts.outboundAccess.entries()) {
    const pointer = jsonPointer(["outboundAccess", index, "to"]);
    const destination = destinations[index] ?? null;
    if (destination?.kind === "prefix") {
      yield* outboundPrefixRules(pointer, destination.prefix, parts, configuration);
    } else if (destination?.kind === "host-name") {
      yield* hostNameRules(index, { port, protocol }, parts);
    } else if (to !== undefined) {
      yield malformed(pointer, to);
    }
  }
  yield* duplicateRules(
    "outboundAccess",
    parts.outboundAccess.map(({ from, port, protocol }, index) => ({
      tiers: from,
      peer: peerOf(destinations[index]),
      port,
      protocol,
    })),
  );
}

function malformed(pointer: string, to: string): Violation {
  const form = isIpv4Prefix(to) ? prefixFormViolation(pointer, to) : null;
  if (form !== null) return form;
  const message =
    "Must be an IPv4 address, an IPv4 prefix or a host name of at least two labels, like api.example.com.";
  return { pointer, code: "not-a-destination", message };
}

function peerOf(destination: OutboundDestination | null | undefined): string | undefined {
  return destination?.kind === "prefix" ? destination.prefix : destination?.hostName;
}
