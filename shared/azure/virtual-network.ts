import type { Subnet, VirtualNetwork } from "@azure/arm-network";
import { isCanonicalIpv4Prefix, prefixesOverlap } from "../domain/address-prefix.ts";
import type { DesiredResource } from "../domain/resource.ts";
import type { AzureClients } from "./clients.ts";
import { networkResourcePort } from "./network-resource.ts";
import { inOrderOf, inOrderOfName, normalLocation } from "./normal-form.ts";
import type { ResourcePort } from "./ports.ts";
import { nativeSubnet, subnetBody } from "./subnet.ts";
import { mergedTags, normalTags } from "./tags.ts";

type Type = "Microsoft.Network/virtualNetworks";

/**
 * One PUT carries every subnet with its NSG, route table and NAT gateway inline, because writes in one virtual network
 * exclude one another; and every subnet and peering that others made, because Azure deletes what a PUT leaves out.
 */
export function virtualNetworkPort(clients: AzureClients): ResourcePort<Type> {
  return networkResourcePort<Type, VirtualNetwork>(clients, (client) => client.virtualNetworks, {
    type: "Microsoft.Network/virtualNetworks",
    toBody: (native, { body }) => ({
      location: normalLocation(native.location),
      tags: normalTags(native.tags, body.tags),
      addressPrefixes: inOrderOf(body.addressPrefixes, native.addressSpace?.addressPrefixes ?? []),
      // The order of DNS servers is the order in which machines ask them.
      dnsServers: [...(native.dhcpOptions?.dnsServers ?? [])],
      subnets: inOrderOfName(body.subnets, (native.subnets ?? []).map(subnetBody)),
    }),
    toNative: (desired, standing) => ({
      ...standing,
      location: desired.body.location,
      tags: mergedTags(standing?.tags, desired.body.tags),
      addressSpace: { ...standing?.addressSpace, addressPrefixes: mergedPrefixes(desired, standing) },
      dhcpOptions: { dnsServers: [...desired.body.dnsServers] },
      subnets: mergedSubnets(desired, standing?.subnets ?? []),
    }),
    holdsOwnMembers: (native, desired) => {
      const names = new Set((native.subnets ?? []).map(nameOf));
      return desired.body.subnets.every((subnet) => names.has(subnet.name.toLowerCase()));
    },
  });
}

/** Ranges of others stay, or Azure refuses the write for their subnets; what overlaps ours cannot stand beside it. */
function mergedPrefixes({ body }: DesiredResource<Type>, standing: VirtualNetwork | null): string[] {
  const overlaps = (prefix: string) =>
    isCanonicalIpv4Prefix(prefix) && body.addressPrefixes.some((own) => prefixesOverlap(own, prefix));
  const others = (standing?.addressSpace?.addressPrefixes ?? []).filter((prefix) => !overlaps(prefix));
  return [...body.addressPrefixes, ...others];
}

function mergedSubnets(desired: DesiredResource<Type>, standing: readonly Subnet[]): Subnet[] {
  const own = ownSubnetNames(desired);
  const byName = new Map(standing.map((subnet) => [nameOf(subnet), subnet]));
  return [
    ...standing.filter((subnet) => !own.has(nameOf(subnet))),
    ...desired.body.subnets.map((subnet) => nativeSubnet(subnet, byName.get(subnet.name.toLowerCase()))),
  ];
}

function ownSubnetNames(desired: DesiredResource<Type>): Set<string> {
  const names = [...desired.body.subnets.map((subnet) => subnet.name), ...(desired.retired ?? [])];
  return new Set(names.map((name) => name.toLowerCase()));
}

function nameOf(subnet: Subnet): string {
  return (subnet.name ?? "").toLowerCase();
}
