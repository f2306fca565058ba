import type { PlatformConfiguration } from "../platform-configuration.ts";
import type { Violation } from "../violation.ts";
import type { RequestParts } from "./request-parts.ts";

/** Location and subscription of the platform; a hub for `hub-spoke`; a firewall route for open outbound policies. */
export function* placementRules(parts: RequestParts, configuration: PlatformConfiguration): Generator<Violation> {
  const { location, subscriptionId, outbound } = parts.spoke;
  const locationAllowed = location !== undefined && configuration.locations.includes(location);
  if (location !== undefined && !locationAllowed) {
    const message = `Spokes may stand in ${configuration.locations.join(", ")} only.`;
    yield { pointer: "/location", code: "location-not-allowed", message };
  }
  if (subscriptionId !== undefined && !configuration.subscriptionIds.includes(subscriptionId)) {
    const message = "The platform hands out no spokes in this subscription: ask its owner to add it.";
    yield { pointer: "/subscriptionId", code: "subscription-not-allowed", message };
  }
  if (locationAllowed && parts.topology === "hub-spoke" && parts.hub === null) {
    const message = `The platform has no hub in ${location}: ask for standalone, or for a location with a hub.`;
    yield { pointer: "/topology", code: "no-hub-in-location", message };
  }
  // "allow-all" without a firewall route would let the spoke reach the Internet unseen.
  if (outbound !== undefined && outbound !== "deny-all" && parts.hub !== undefined && !parts.hub?.firewall) {
    const message = `The outbound policy ${outbound} needs a hub with a firewall: ask for deny-all.`;
    yield { pointer: "/outbound", code: "outbound-needs-firewall", message };
  }
}
