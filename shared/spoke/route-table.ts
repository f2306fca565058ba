import type { DesiredResource, RouteBody } from "../domain/resource.ts";
import type { SpokeDesign } from "./spoke-design.ts";

/**
 * Routes of the tiers behind a firewall (guidance, step 5, alternative deny rules). Routes of peering and BGP are more
 * specific than 0.0.0.0/0, so every hub and internal prefix has a route of its own, and BGP propagation is off.
 */
export function routeTable(design: SpokeDesign): DesiredResource[] {
  const firewall = design.hub?.firewall ?? null;
  if (design.hub === null || firewall === null) return [];
  const route = (name: string, addressPrefix: string): RouteBody => ({
    name,
    addressPrefix,
    nextHopType: "VirtualAppliance",
    nextHopIpAddress: firewall.privateIpAddress,
  });
  const hubs = design.configuration.hubs.flatMap((hub) => hub.addressPrefixes);
  const internal = [...new Set([...hubs, ...design.configuration.internalPrefixes])];
  return [
    {
      id: design.names.routeTable,
      type: "Microsoft.Network/routeTables",
      ownership: "owned",
      steps: [5],
      dependsOn: [design.names.resourceGroup],
      body: {
        location: design.request.location,
        tags: design.tags,
        disableBgpRoutePropagation: true,
        routes: [
          route("default-to-firewall", "0.0.0.0/0"),
          ...internal.map((prefix) => route(`to-firewall-${prefix.replace("/", "-")}`, prefix)),
        ],
      },
    },
  ];
}
