import type { DesiredResource } from "../domain/resource.ts";
import type { SpokeDesign } from "./spoke-design.ts";

/**
 * The peering with the hub, on both sides and one after the other: two halves written at once meet each other's busy
 * network (traps 17 and 19). A standalone spoke has none.
 */
export function peerings(design: SpokeDesign): DesiredResource[] {
  const { hub, names } = design;
  if (hub === null) return [];
  const common = {
    type: "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
    ownership: "owned",
    steps: [6],
  } as const;
  const side = { allowVirtualNetworkAccess: true, allowForwardedTraffic: true };
  return [
    {
      ...common,
      id: names.peeringToHub,
      dependsOn: [names.virtualNetwork],
      body: {
        ...side,
        remoteVirtualNetworkId: hub.virtualNetworkId,
        allowGatewayTransit: false,
        useRemoteGateways: hub.useRemoteGateways,
        peeringState: null,
        knowsRemoteAddressSpace: true,
      },
    },
    {
      ...common,
      id: names.peeringFromHub(hub),
      dependsOn: [names.peeringToHub],
      body: {
        ...side,
        remoteVirtualNetworkId: names.virtualNetwork,
        allowGatewayTransit: hub.useRemoteGateways,
        useRemoteGateways: false,
        peeringState: "Connected",
        knowsRemoteAddressSpace: null,
      },
    },
  ];
}
