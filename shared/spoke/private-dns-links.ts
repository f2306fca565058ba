import type { DesiredResource } from "../domain/resource.ts";
import { childResourceId } from "../domain/resource-id.ts";
import type { SpokeDesign } from "./spoke-design.ts";

/**
 * Links of the platform's private DNS zones to the spoke's network, so that it resolves the private endpoints that it
 * reaches through the hub. A standalone spoke reaches none.
 */
export function privateDnsLinks(design: SpokeDesign): DesiredResource[] {
  if (design.hub === null) return [];
  return design.configuration.privateDnsZoneIds.map((zone) => ({
    id: childResourceId(zone, "virtualNetworkLinks", `link-${design.request.name}`),
    type: "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    ownership: "owned",
    steps: [6],
    dependsOn: [design.names.virtualNetwork],
    body: { tags: design.tags, virtualNetworkId: design.names.virtualNetwork, registrationEnabled: false },
  }));
}
