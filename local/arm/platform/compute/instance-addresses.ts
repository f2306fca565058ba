import { invalidResourceReference } from "../../errors/reference-errors.ts";
import { PrivateAddresses } from "../../network/private-addresses.ts";
import type { World } from "../../world.ts";

/** Hands out the free addresses of subnets to the machines of one scale set, each address once. */
export class InstanceAddresses {
  readonly #world: World;
  readonly #bySubnet = new Map<string, PrivateAddresses>();

  constructor(world: World) {
    this.#world = world;
  }

  /**
   * The lowest free address of a subnet.
   * @throws ArmError SubnetIsFull, InvalidResourceReference where the subnet went away meanwhile
   */
  next(subnetId: string, configurationId: string): string {
    const key = subnetId.toLowerCase();
    const known = this.#bySubnet.get(key);
    if (known !== undefined) return known.allocate(configurationId);
    const subnet = this.#world.get(subnetId);
    if (subnet === undefined) throw invalidResourceReference(subnetId, configurationId);
    const addresses = new PrivateAddresses(this.#world, subnet, subnet.id);
    this.#bySubnet.set(key, addresses);
    return addresses.allocate(configurationId);
  }
}
