import type { NetworkManagementClient, VirtualNetworkPeering } from "@azure/arm-network";
import { RefusedError } from "../domain/errors.ts";
import { isSame, parseArmPath } from "./arm-id.ts";
import type { AzureClients } from "./clients.ts";
import { type ChildOperations, networkChildPort, type Translations } from "./network-resource.ts";
import type { ResourcePort } from "./ports.ts";

type Type = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings";
type PeeringOperations = ChildOperations<VirtualNetworkPeering>;

/**
 * One side of a peering. A side whose other side was deleted stays "Disconnected" for ever: Azure takes no update of
 * it, so it is deleted and made anew. Where the other network's address space has grown, Azure routes nothing to the new
 * part until this side takes it over (Azure: Virtual network peering, "Resize the address space").
 */
export function virtualNetworkPeeringPort(clients: AzureClients): ResourcePort<Type> {
  const translations: Translations<Type, VirtualNetworkPeering> = {
    type: "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
    toBody: (native, { body }) => ({
      remoteVirtualNetworkId: native.remoteVirtualNetwork?.id ?? "",
      allowVirtualNetworkAccess: native.allowVirtualNetworkAccess ?? false,
      allowForwardedTraffic: native.allowForwardedTraffic ?? false,
      allowGatewayTransit: native.allowGatewayTransit ?? false,
      useRemoteGateways: native.useRemoteGateways ?? false,
      peeringState: shownState(native.peeringState ?? null, body.peeringState),
      knowsRemoteAddressSpace: body.knowsRemoteAddressSpace === null ? null : !isStale(native),
    }),
    toNative: ({ body }, standing) => ({
      ...(standing ? preservedOf(standing) : {}),
      remoteVirtualNetwork: { id: body.remoteVirtualNetworkId },
      allowVirtualNetworkAccess: body.allowVirtualNetworkAccess,
      allowForwardedTraffic: body.allowForwardedTraffic,
      allowGatewayTransit: body.allowGatewayTransit,
      useRemoteGateways: body.useRemoteGateways,
    }),
  };
  const port = networkChildPort(clients, (client) => client.virtualNetworkPeerings, translations);
  const syncing = networkChildPort(clients, syncingOperations, translations);

  /** The other network's side, where it points to this network and has lost it. */
  async function lostOtherSide(id: string, remoteVirtualNetworkId: string): Promise<string | null> {
    const remote = parseArmPath(remoteVirtualNetworkId);
    const client = await clients.network(remote.subscriptionId);
    const own = id.slice(0, id.toLowerCase().lastIndexOf("/virtualnetworkpeerings/"));
    for await (const peering of client.virtualNetworkPeerings.list(remote.resourceGroup, remote.name)) {
      const lost = peering.peeringState === "Disconnected" && isSame(peering.remoteVirtualNetwork?.id, own);
      if (lost && peering.id !== undefined) return peering.id;
    }
    return null;
  }

  return {
    ...port,
    write: async (desired, observed, accepted) => {
      const { write } = desired.body.knowsRemoteAddressSpace === true ? syncing : port;
      const disconnected = (observed?.native as VirtualNetworkPeering | undefined)?.peeringState === "Disconnected";
      if (disconnected) await port.remove(desired.id);
      try {
        await write(desired, disconnected ? null : observed, accepted);
      } catch (error) {
        if (!(error instanceof RefusedError) || error.failure.code !== "RemotePeeringIsDisconnected") throw error;
        // Azure lets no side be made while the other is Disconnected; that one is of no use to anybody any more.
        const other = await clients.attempt(desired.id, () =>
          lostOtherSide(desired.id, desired.body.remoteVirtualNetworkId),
        );
        if (other === null) throw error;
        await port.remove(other);
        await write(desired, null, accepted);
      }
    },
  };
}

function syncingOperations({ virtualNetworkPeerings }: NetworkManagementClient): PeeringOperations {
  return {
    get: (...at) => virtualNetworkPeerings.get(...at),
    createOrUpdate: (group, network, name, body, options) =>
      virtualNetworkPeerings.createOrUpdate(group, network, name, body, { ...options, syncRemoteAddressSpace: "true" }),
    delete: (...at) => virtualNetworkPeerings.delete(...at),
  };
}

/** "RemoteNotInSync" says so of the other side. */
function isStale({ peeringSyncLevel }: VirtualNetworkPeering): boolean {
  return peeringSyncLevel === "LocalNotInSync" || peeringSyncLevel === "LocalAndRemoteNotInSync";
}

/** Where the state does not matter yet, only the one that needs repair is told. */
function shownState(standing: string | null, desired: string | null): string | null {
  return desired === null && standing !== "Disconnected" ? null : standing;
}

/** Without what Azure computes from both sides. */
function preservedOf(standing: VirtualNetworkPeering): VirtualNetworkPeering {
  const { peeringState: _state, peeringSyncLevel: _level, ...preserved } = standing;
  return preserved;
}
