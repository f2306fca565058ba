import { networkTypes } from "../network/back-references.ts";
import { macAddressOf } from "../network/interfaces/mac-address.ts";
import type { IpConfiguration } from "../network/interfaces/read-ip-configuration.ts";
import { PrivateAddresses } from "../network/private-addresses.ts";
import { hasGatewayOfVersion2 } from "../network/security-groups/gateway-traffic.ts";
import type { NamedRule } from "../network/security-groups/rule-set.ts";
import type { Resource } from "../resource.ts";
import { idKey, isWithin } from "../resource-id.ts";
import type { World } from "../world.ts";
import { type CompiledGroup, compileGroup } from "./compile-group.ts";
import { Ipv4Set } from "./ipv4-set.ts";

/** An address of a network interface, with all that decides about its packets. */
export interface NetworkEnd {
  readonly interfaceId: string;
  /** Twelve hexadecimal digits, as in the path of a blob. */
  readonly macAddress: string;
  readonly address: string;
  readonly subnetId: string;
  /** Keys of its application security groups. */
  readonly groups: ReadonlySet<string>;
  readonly subnetGuard: CompiledGroup | undefined;
  readonly ownGuard: CompiledGroup | undefined;
  /** What the tag VirtualNetwork covers, seen from here. */
  readonly virtualNetwork: Ipv4Set;
}

/** The interfaces of a virtual network at this moment. */
export interface NetworkMap {
  readonly ends: readonly NetworkEnd[];
  readonly byAddress: ReadonlyMap<string, NetworkEnd>;
  /** Addresses of application gateways, which have no interface that logs, by the id of their subnet. */
  readonly gateways: ReadonlyMap<string, readonly string[]>;
  /** The network's own address space. */
  readonly own: Ipv4Set;
  /** That, and the address space of its peers. */
  readonly connected: Ipv4Set;
}

/** The host's own address, from which health probes come and DNS is answered. */
export const hostAddress = "168.63.129.16";

/** Draws the map of a virtual network. */
export function networkMap(world: World, network: Resource): NetworkMap {
  const connectedPrefixes = [...prefixesOf(network), ...peerPrefixes(world, network)];
  const connected = new Ipv4Set(connectedPrefixes);
  const compiled = new Map<string, CompiledGroup>();
  const guard = (reference: unknown): CompiledGroup | undefined => {
    const id = idOf(reference);
    const group = id === undefined ? undefined : world.get(id);
    if (group === undefined) return undefined;
    const standing = compiled.get(group.id) ?? compileGroup(group);
    compiled.set(group.id, standing);
    return standing;
  };
  const ends = interfacesIn(world, network.id).flatMap((card) =>
    ((card.body.properties.ipConfigurations ?? []) as IpConfiguration[]).map(({ properties }): NetworkEnd => {
      const subnet = world.get(properties.subnet.id);
      const groups = (properties.applicationSecurityGroups ?? []) as { id: string }[];
      return {
        interfaceId: card.id,
        macAddress: macAddressOf(card.id).replaceAll("-", ""),
        address: properties.privateIPAddress,
        subnetId: properties.subnet.id,
        groups: new Set(groups.map(({ id }) => idKey(id))),
        subnetGuard: guard(subnet?.body.properties.networkSecurityGroup),
        ownGuard: guard(card.body.properties.networkSecurityGroup),
        // "Virtual network service tags": address prefixes of user-defined routes and the host's address count too.
        virtualNetwork: new Ipv4Set([...connectedPrefixes, `${hostAddress}/32`, ...routesOf(world, subnet)]),
      };
    }),
  );
  const byAddress = new Map(ends.map((end) => [end.address, end]));
  return { ends, byAddress, gateways: gatewaysOf(world, network), own: new Ipv4Set(prefixesOf(network)), connected };
}

/** A gateway of version 2 has at least two instances, which take addresses of its subnet. */
const gatewayInstances = 2;

function gatewaysOf(world: World, network: Resource): ReadonlyMap<string, readonly string[]> {
  const subnets = world.list(networkTypes.subnet, network.id).filter(({ id }) => hasGatewayOfVersion2(world, id));
  return new Map(
    subnets.map((subnet) => [subnet.id, new PrivateAddresses(world, subnet, subnet.id).free(gatewayInstances)]),
  );
}

/** Interfaces of their own, and those of the machines of scale sets. */
const interfaceTypes = [
  networkTypes.networkInterface,
  "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/networkInterfaces",
];

function interfacesIn(world: World, networkId: string): readonly Resource[] {
  return interfaceTypes
    .flatMap((type) => world.list(type))
    .filter(({ body }) =>
      ((body.properties.ipConfigurations ?? []) as IpConfiguration[]).some(({ properties }) =>
        isWithin(properties.subnet.id, networkId),
      ),
    );
}

function prefixesOf(network: Resource | undefined): readonly string[] {
  const space = network?.body.properties.addressSpace as { addressPrefixes?: string[] } | undefined;
  return space?.addressPrefixes ?? [];
}

function peerPrefixes(world: World, network: Resource): readonly string[] {
  const peerings = (network.body.properties.virtualNetworkPeerings ?? []) as NamedRule[];
  return peerings.flatMap(({ properties }) => {
    if (properties.peeringState !== "Connected" || properties.allowVirtualNetworkAccess === false) return [];
    return prefixesOf(world.get(idOf(properties.remoteVirtualNetwork) ?? ""));
  });
}

function routesOf(world: World, subnet: Resource | undefined): readonly string[] {
  const table = world.get(idOf(subnet?.body.properties.routeTable) ?? "");
  const routes = (table?.body.properties.routes ?? []) as NamedRule[];
  return routes
    .map(({ properties }) => String(properties.addressPrefix))
    .filter((prefix) => /^[\d.]+\/\d+$/.test(prefix));
}

function idOf(reference: unknown): string | undefined {
  return (reference as { id?: string } | undefined)?.id;
}
