import type { Resource, ResourceBody } from "../../resource.ts";
import { idKey, sameId } from "../../resource-id.ts";
import type { CompletionContext, World, WriteContext } from "../../world.ts";
import { prefixesOverlap } from "../address-prefix.ts";
import { networkTypes } from "../back-references.ts";
import { badRequest } from "../refusals.ts";
import { type AddressSpace, addressSpaceOf } from "./address-space.ts";

/** The ID of the virtual network on the other side of a stored peering. */
export function remoteNetworkOf(peering: Pick<Resource, "body">): string {
  return (peering.body.properties.remoteVirtualNetwork as { id: string }).id;
}

/** The peering of `networkId` that points to `remoteId`. */
export function peeringBetween(world: World, networkId: string, remoteId: string): Resource | undefined {
  return world.list(networkTypes.peering, networkId).find((peering) => sameId(remoteNetworkOf(peering), remoteId));
}

/** Sets the state of the peering of `networkId` that points to `remoteId`, where there is one. */
export function setStateOfCounterpart(
  context: CompletionContext,
  networkId: string,
  remoteId: string,
  properties: ResourceBody["properties"],
): void {
  const counterpart = peeringBetween(context.world, networkId, remoteId);
  if (!counterpart) return;
  context.update(counterpart.id, (body) => ({ ...body, properties: { ...body.properties, ...properties } }));
}

/** A virtual network went away: every peering that pointed to it is Disconnected. */
export function disconnectPeeringsTo(context: CompletionContext, networkId: string): void {
  for (const peering of context.world.referencesTo(networkId, networkTypes.peering)) {
    context.update(peering.id, (body) => ({
      ...body,
      properties: { ...body.properties, peeringState: "Disconnected" },
    }));
  }
}

/** An address space may not be changed to overlap with that of a peered network. */
export function requireNoOverlapWithPeers(context: WriteContext, merged: ResourceBody): void {
  const { addressPrefixes } = merged.properties.addressSpace as AddressSpace;
  for (const peering of context.world.list(networkTypes.peering, context.id.id)) {
    const remote = context.world.get(remoteNetworkOf(peering));
    if (remote && prefixesOverlap(addressPrefixes, addressSpaceOf(remote).addressPrefixes)) {
      throw overlap(peering.id, context.id.id, remote.id, addressPrefixes, addressSpaceOf(remote).addressPrefixes);
    }
  }
}

/**
 * Checks the address spaces of two networks to be peered against each other and against the networks that each of them
 * is peered with already.
 */
export function requireSeparateAddressSpaces(world: World, peeringId: string, local: Resource, remote: Resource): void {
  const here = addressSpaceOf(local).addressPrefixes;
  const there = addressSpaceOf(remote).addressPrefixes;
  if (prefixesOverlap(here, there)) throw overlap(peeringId, local.id, remote.id, here, there);
  for (const [first, second] of [
    [local, remote],
    [remote, local],
  ] as const) {
    const third = peeredNetworks(world, second.id).find(
      (network) =>
        idKey(network.id) !== idKey(first.id) &&
        prefixesOverlap(addressSpaceOf(network).addressPrefixes, addressSpaceOf(first).addressPrefixes),
    );
    if (third) {
      throw badRequest(
        "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
        `Cannot create or update peering ${peeringId}. Virtual networks ${first.id} and ${second.id} cannot be peered because address space of the first virtual network overlaps with address space of third virtual network ${third.id} already peered with the second virtual network.`,
      );
    }
  }
}

function peeredNetworks(world: World, networkId: string): Resource[] {
  return world.list(networkTypes.peering, networkId).flatMap((peering) => world.get(remoteNetworkOf(peering)) ?? []);
}

function overlap(peeringId: string, local: string, remote: string, here: readonly string[], there: readonly string[]) {
  const pairs = here.flatMap((a) => there.filter((b) => prefixesOverlap([a], [b])).flatMap((b) => [a, b]));
  return badRequest(
    "VnetAddressSpacesOverlap",
    `Cannot create or update peering ${peeringId}. Virtual networks ${local} and ${remote} cannot be peered because their address spaces overlap. Overlapping address prefixes: ${pairs.join(", ")}`,
  );
}
