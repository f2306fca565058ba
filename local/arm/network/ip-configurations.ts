import type { Resource } from "../resource.ts";
import { idKey } from "../resource-id.ts";
import type { World } from "../world.ts";
import { networkTypes } from "./back-references.ts";

/** One IP configuration that takes an address in a subnet, of whatever type of resource. */
export interface SubnetUser {
  /** The configuration's ID, such as `…/networkInterfaces/nic1/ipConfigurations/ipconfig1`. */
  readonly id: string;
  /** Type of the resource that it belongs to. */
  readonly ownerType: string;
  readonly privateIPAddress?: string;
}

/** Types that name a subnet without taking an address in it; of a scale set, the interfaces of its machines take them. */
const NO_ADDRESS: readonly string[] = [
  networkTypes.flowLog,
  networkTypes.natGateway,
  networkTypes.subnet,
  "Microsoft.Compute/virtualMachineScaleSets",
];
/** Providers whose resources stand in subnets; a storage account's network rule or a role assignment only names one. */
const IN_SUBNETS = ["Microsoft.Network/", "Microsoft.Compute/"];

/** Every IP configuration in a subnet: network interfaces, load balancer frontends, gateways, firewalls. */
export function usersOfSubnet(world: World, subnetId: string): SubnetUser[] {
  return world
    .referencesTo(subnetId)
    .filter(({ type }) => IN_SUBNETS.some((provider) => type.startsWith(provider)) && !NO_ADDRESS.includes(type))
    .flatMap((owner) => configurationsIn(owner, subnetId));
}

function configurationsIn(owner: Resource, subnetId: string): SubnetUser[] {
  const found = Object.entries(owner.body.properties).flatMap(([member, value]) =>
    (Array.isArray(value) ? value : []).flatMap((entry: { name?: string; properties?: Record<string, unknown> }) => {
      const subnet = entry?.properties?.subnet as { id?: unknown } | undefined;
      if (typeof subnet?.id !== "string" || idKey(subnet.id) !== idKey(subnetId)) return [];
      const address = entry.properties?.privateIPAddress;
      const user = { id: `${owner.id}/${member}/${entry.name}`, ownerType: owner.type };
      return [typeof address === "string" ? { ...user, privateIPAddress: address } : user];
    }),
  );
  // A resource that names the subnet elsewhere (a private endpoint, an integration) uses it all the same.
  return found.length > 0 ? found : [{ id: owner.id, ownerType: owner.type }];
}
