import type { JsonObject } from "../../json.ts";
import type { Resource } from "../../resource.ts";
import { sameId } from "../../resource-id.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { CompletionContext, World, WriteContext } from "../../world.ts";
import { networkTypes } from "../back-references.ts";
import { defined, flagOf, referenceOf } from "../json-value.ts";
import { childType } from "../network-type.ts";
import { badRequest, missingMember, notModelled } from "../refusals.ts";
import { requireKnownMembers, resourceGuidOf, storedBody } from "../stored-body.ts";
import { addressSpaceOf } from "./address-space.ts";
import {
  peeringBetween,
  remoteNetworkOf,
  requireSeparateAddressSpaces,
  setStateOfCounterpart,
} from "./peering-counterpart.ts";

const MEMBERS = {
  modelled: [
    "remoteVirtualNetwork",
    "allowVirtualNetworkAccess",
    "allowForwardedTraffic",
    "allowGatewayTransit",
    "useRemoteGateways",
    "doNotVerifyRemoteGateways",
    "peerCompleteVnets",
  ],
  readOnly: [
    "peeringState",
    "peeringSyncLevel",
    "localAddressSpace",
    "localVirtualNetworkAddressSpace",
    "remoteAddressSpace",
    "remoteVirtualNetworkAddressSpace",
    "remoteVirtualNetworkEncryption",
  ],
  unmodelled: ["remoteBgpCommunities", "enableOnlyIPv6Peering", "localSubnetNames", "remoteSubnetNames"],
};

/**
 * One side of a peering. Alone it is Initiated; as soon as both sides stand, both are Connected; when one side goes, the
 * other is Disconnected and stays so until it is deleted and made anew.
 */
export const virtualNetworkPeering: ResourceType = {
  ...childType,
  type: networkTypes.peering,
  inline: { property: "virtualNetworkPeerings", whenAbsent: "keep" },
  put: {
    operationName: "PutVirtualNetworkPeeringOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 11, update: 11 },
    prepare: (context, body) => storedBody(body, readPeering(context, body.properties)),
    conflictDomains: (context, body) => busyRemote(context.world, parentOf(context.id.id), remoteNetworkOf({ body })),
    completed: connect,
  },
  remove: {
    longRunning: "location",
    seconds: 11,
    conflictDomains: (context, existing) => busyRemote(context.world, parentOf(existing.id), remoteNetworkOf(existing)),
    completed: (context) => {
      const remote = remoteNetworkOf(context.resource);
      setStateOfCounterpart(context, remote, parentOf(context.id.id), { peeringState: "Disconnected" });
    },
  },
  view: (document, resource, world) => {
    const local = world.get(parentOf(resource.id));
    const remote = world.get(remoteNetworkOf(resource));
    const { localAddressSpace, remoteAddressSpace, peeringState } = resource.body.properties;
    return {
      ...document,
      properties: defined({
        ...document.properties,
        localVirtualNetworkAddressSpace: local ? addressSpaceOf(local) : localAddressSpace,
        remoteVirtualNetworkAddressSpace: remote ? addressSpaceOf(remote) : remoteAddressSpace,
        peeringSyncLevel: syncLevel(peeringState, [localAddressSpace, local], [remoteAddressSpace, remote]),
      }),
    };
  },
};

type Side = readonly [synced: unknown, network: Resource | undefined];

/** A side is itself out of sync where it knows an older address space of the other network. */
function syncLevel(state: unknown, local: Side, remote: Side): string {
  const differs = ([synced, network]: Side) =>
    network !== undefined && JSON.stringify(synced) !== JSON.stringify(addressSpaceOf(network));
  if (differs(remote)) return differs(local) ? "LocalAndRemoteNotInSync" : "LocalNotInSync";
  return differs(local) || state !== "Connected" ? "RemoteNotInSync" : "FullyInSync";
}

function parentOf(peeringId: string): string {
  return peeringId.slice(0, peeringId.toLowerCase().lastIndexOf("/virtualnetworkpeerings/"));
}

/** The other side's network is part of the operation once a peering there is to change its state. */
function busyRemote(world: World, networkId: string, remoteId: string): string[] {
  return peeringBetween(world, remoteId, networkId) ? [remoteId] : [];
}

function readPeering(context: WriteContext, given: JsonObject): JsonObject {
  requireKnownMembers(given, "properties", MEMBERS);
  const flag = (member: string, fallback: boolean) => flagOf(given[member], `properties.${member}`, fallback);
  if (!flag("peerCompleteVnets", true)) throw notModelled("peerings of single subnets");
  const remoteId = referenceOf(given.remoteVirtualNetwork, "properties.remoteVirtualNetwork");
  if (remoteId === undefined) throw missingMember("remoteVirtualNetwork", context.id.id);
  const local = context.parent;
  if (!local) throw notModelled("peerings in the body that makes their virtual network");
  const remote = context.reference(remoteId, { type: networkTypes.virtualNetwork, joinAction: "peer" });
  requirePeerable(context, local, remote);
  if (flag("useRemoteGateways", false)) requireGateway(context, remote);
  const existing = context.existing?.body.properties;
  const sync = context.query.get("syncRemoteAddressSpace") === "true";
  return {
    resourceGuid: resourceGuidOf(context.existing),
    remoteVirtualNetwork: { id: remote.id },
    allowVirtualNetworkAccess: flag("allowVirtualNetworkAccess", true),
    allowForwardedTraffic: flag("allowForwardedTraffic", false),
    allowGatewayTransit: flag("allowGatewayTransit", false),
    useRemoteGateways: flag("useRemoteGateways", false),
    doNotVerifyRemoteGateways: flag("doNotVerifyRemoteGateways", false),
    peerCompleteVnets: true,
    peeringState: existing?.peeringState ?? "Initiated",
    localAddressSpace: existing?.localAddressSpace ?? addressSpaceOf(local),
    remoteAddressSpace: sync ? addressSpaceOf(remote) : (existing?.remoteAddressSpace ?? addressSpaceOf(remote)),
  };
}

function requirePeerable(context: WriteContext, local: Resource, remote: Resource): void {
  const id = context.id.id;
  if (sameId(local.id, remote.id)) {
    throw badRequest(
      "VnetCannotBePeeredWithItself",
      `Peering ${id} cannot reference its own virtual network ${local.id}.`,
    );
  }
  if (context.existing && !sameId(remoteNetworkOf(context.existing), remote.id)) {
    throw badRequest(
      "ChangingRemoteVirtualNetworkNotAllowed",
      `Cannot change the remote virtual network of peering ${id} from ${remoteNetworkOf(context.existing)} to ${remote.id}.`,
    );
  }
  const other = peeringBetween(context.world, local.id, remote.id);
  if (other && !sameId(other.id, id)) {
    throw badRequest(
      "AnotherPeeringAlreadyReferencesRemoteVnet",
      `Peering ${other.id} already references remote virtual network ${remote.id}. Cannot add another peering ${id} referencing the same remote virtual network.`,
    );
  }
  const counterpart = peeringBetween(context.world, remote.id, local.id);
  if (counterpart?.body.properties.peeringState === "Disconnected") {
    throw badRequest(
      "RemotePeeringIsDisconnected",
      `Cannot create or update peering ${id} because remote peering ${counterpart.id} referencing parent virtual network ${local.id} is in Disconnected state. Update or re-create the remote peering to get it back to Initiated state. Peering gets Disconnected when remote vnet or remote peering is deleted and re-created.`,
    );
  }
  requireSeparateAddressSpaces(context.world, id, local, remote);
}

function requireGateway(context: WriteContext, remote: Resource): void {
  const gateways = context.world.referencesTo(`${remote.id}/subnets/GatewaySubnet`, networkTypes.virtualNetworkGateway);
  if (gateways.length > 0) return;
  throw badRequest(
    "RemoteVnetHasNoGateways",
    `Peering ${context.id.id} cannot have UseRemoteGateways flag set to true because remote virtual network ${remote.id} referenced by the peering does not have any gateways.`,
  );
}

function connect(context: CompletionContext): void {
  const local = parentOf(context.id.id);
  const remote = remoteNetworkOf(context.resource);
  const own = context.resource.body.properties;
  const counterpart = peeringBetween(context.world, remote, local);
  if (!counterpart || own.peeringState === "Disconnected") return;
  context.update(context.id.id, (body) => ({ ...body, properties: { ...body.properties, peeringState: "Connected" } }));
  setStateOfCounterpart(context, remote, local, {
    peeringState: "Connected",
    localAddressSpace: own.remoteAddressSpace,
  });
}
