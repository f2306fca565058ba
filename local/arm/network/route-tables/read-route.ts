import { isIPv4 } from "node:net";
import type { JsonObject } from "../../json.ts";
import { requireCanonicalPrefix } from "../address-prefix.ts";
import { defined, textOf, wordOf } from "../json-value.ts";
import { badRequest } from "../refusals.ts";
import { isServiceTag } from "../service-tags.ts";
import { requireKnownMembers } from "../stored-body.ts";

const NEXT_HOPS = ["VirtualNetworkGateway", "VnetLocal", "Internet", "VirtualAppliance", "None"] as const;

/**
 * Checks one user-defined route.
 * @param routeId the route's resource ID
 * @returns its properties as Azure answers them
 */
export function readRoute(route: JsonObject, routeId: string): JsonObject {
  requireKnownMembers(route, "properties", {
    modelled: ["addressPrefix", "nextHopType", "nextHopIpAddress"],
    readOnly: ["hasBgpOverride"],
    unmodelled: ["nextHop"],
  });
  const addressPrefix = textOf(route.addressPrefix, "properties.addressPrefix");
  if (addressPrefix === undefined || !isServiceTag(addressPrefix)) requireCanonicalPrefix(addressPrefix, routeId);
  const nextHopType = wordOf(route.nextHopType, "properties.nextHopType", NEXT_HOPS);
  const nextHopIpAddress = textOf(route.nextHopIpAddress, "properties.nextHopIpAddress");
  if (nextHopType === "VirtualAppliance" && !isIPv4(nextHopIpAddress ?? "")) {
    throw badRequest(
      "RouteInvalidNextHopIpAddress",
      `Route ${routeId} has next hop type VirtualAppliance and needs a valid next hop IP address. Value provided: ${nextHopIpAddress ?? ""}.`,
    );
  }
  if (nextHopType !== "VirtualAppliance" && nextHopIpAddress !== undefined) {
    throw badRequest(
      "RouteNextHopIpAddressNotAllowed",
      `Route ${routeId} cannot have a next hop IP address. Next hop IP addresses are only allowed in routes where the next hop type is VirtualAppliance.`,
    );
  }
  return defined({ addressPrefix, nextHopType, nextHopIpAddress, hasBgpOverride: false });
}
