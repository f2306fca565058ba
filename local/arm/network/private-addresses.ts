import { isIPv4 } from "node:net";
import type { Resource } from "../resource.ts";
import { isWithin } from "../resource-id.ts";
import type { World } from "../world.ts";
import { addressToNumber, numberToAddress, parseIpv4Range } from "./address-prefix.ts";
import { usersOfSubnet } from "./ip-configurations.ts";
import { badRequest } from "./refusals.ts";

/** Azure keeps the first four addresses of a subnet and the last one ("Virtual network FAQ"). */
const RESERVED_AT_START = 4;

/** The address prefix of a subnet. */
export function prefixOf(subnet: Resource): string {
  const { addressPrefix, addressPrefixes } = subnet.body.properties;
  return String(addressPrefix ?? (addressPrefixes as string[])[0]);
}

/** Hands out private addresses of one subnet to the IP configurations of one resource. */
export class PrivateAddresses {
  readonly #subnet: Resource;
  readonly #taken: Map<string, string>;

  /**
   * @param ownerId the resource whose own present addresses do not count as taken
   * @param claimed addresses already given out in the same request, with who has them
   */
  constructor(world: World, subnet: Resource, ownerId: string, claimed: ReadonlyMap<string, string> = new Map()) {
    this.#subnet = subnet;
    this.#taken = new Map(claimed);
    for (const user of usersOfSubnet(world, subnet.id)) {
      if (user.privateIPAddress !== undefined && !isWithin(user.id, ownerId)) {
        this.#taken.set(user.privateIPAddress, user.id);
      }
    }
  }

  /**
   * Takes the address that was asked for.
   * @throws ArmError `PrivateIPAddressNotInSubnet`, `PrivateIPAddressInReservedRange`, `PrivateIPAddressIsAllocated`
   */
  claim(address: string, configurationId: string): string {
    const { prefix, first, last } = this.#range;
    const value = isIPv4(address) ? addressToNumber(address) : -1;
    if (value < first || value > last) {
      throw badRequest(
        "PrivateIPAddressNotInSubnet",
        `Private static IP address ${address} does not belong to the range of subnet prefix ${prefix}.`,
      );
    }
    if (value < first + RESERVED_AT_START || value === last) {
      throw badRequest(
        "PrivateIPAddressInReservedRange",
        `Private static IP address ${address} falls within reserved IP range of subnet prefix ${prefix}.`,
      );
    }
    const holder = this.#taken.get(address);
    if (holder !== undefined) {
      throw badRequest(
        "PrivateIPAddressIsAllocated",
        `IP configuration ${holder} is using the private IP address ${address} which is already allocated to resource ${configurationId}.`,
      );
    }
    this.#taken.set(address, configurationId);
    return address;
  }

  /** Takes the lowest free address. @throws ArmError `SubnetIsFull` */
  allocate(configurationId: string): string {
    const free = this.free(1)[0];
    if (free === undefined) {
      throw badRequest(
        "SubnetIsFull",
        `Subnet ${this.#subnet.name} with address prefix ${this.#range.prefix} does not have enough capacity for 1 IP addresses.`,
      );
    }
    return this.claim(free, configurationId);
  }

  /** Up to `count` free addresses, lowest first. */
  free(count: number): string[] {
    const { first, last } = this.#range;
    const found: string[] = [];
    for (let value = first + RESERVED_AT_START; value < last && found.length < count; value += 1) {
      const address = numberToAddress(value);
      if (!this.#taken.has(address)) found.push(address);
    }
    return found;
  }

  /** Whether the address is one of the five that Azure keeps. */
  isReserved(address: string): boolean {
    const { first, last } = this.#range;
    const value = addressToNumber(address);
    return (value >= first && value < first + RESERVED_AT_START) || value === last;
  }

  /** Whether the address lies in the subnet. */
  contains(address: string): boolean {
    const value = addressToNumber(address);
    return value >= this.#range.first && value <= this.#range.last;
  }

  get #range(): { prefix: string; first: number; last: number } {
    const range = parseIpv4Range(prefixOf(this.#subnet));
    if (!range) throw new Error(`Subnet ${this.#subnet.id} was stored without an address prefix`);
    return range;
  }
}
