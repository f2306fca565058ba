import { isIPv4 } from "node:net";
import { numberToAddress } from "../network/address-prefix.ts";
import { sameId } from "../resource-id.ts";
import { FlowRefusal } from "./flow-refusal.ts";
import type { NetworkEnd, NetworkMap } from "./network-map.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** An address of a conversation; `end` where it is an interface's of the network. */
export interface Address {
  readonly address: string;
  readonly end: NetworkEnd | undefined;
}

/** Gives an address of a place, another one each time where the place has several. */
export type Place = (random: SeededRandom) => Address;

/** First addresses of 198.51.100.0/24 and 203.0.113.0/24. */
const internet = [0xc6336400, 0xcb007100];

/** An address of the Internet (of those for documentation). */
export const internetPlace: Place = (random) => {
  const address = numberToAddress(random.pick(internet) + random.between(1, 254));
  return { address, end: undefined };
};

/**
 * Finds what a place of an order means in a network.
 * @throws FlowRefusal 400 for a place that is not there or has no interface
 */
export function resolvePlace(map: NetworkMap, text: string): Place {
  if (text.toLowerCase() === "internet") return internetPlace;
  const found = isIPv4(text) ? addressesAt(map, text) : addressesIn(map, text);
  return (random) => random.pick(found);
}

function addressesAt(map: NetworkMap, address: string): readonly Address[] {
  const end = map.byAddress.get(address);
  const ofGateway = [...map.gateways.values()].some((addresses) => addresses.includes(address));
  if (end === undefined && !ofGateway && map.own.has(address)) {
    throw new FlowRefusal(400, `No interface has the address ${address}. Of a load balanced tier, name the subnet.`);
  }
  return [{ address, end }];
}

function addressesIn(map: NetworkMap, place: string): readonly Address[] {
  const isNamed = (subnetId: string) => subnetId.toLowerCase().endsWith(`/subnets/${place.toLowerCase()}`);
  const ends = map.ends
    .filter(({ interfaceId, subnetId }) => sameId(interfaceId, place) || isNamed(subnetId))
    .map((end): Address => ({ address: end.address, end }));
  const gateways = [...map.gateways]
    .filter(([subnetId]) => isNamed(subnetId))
    .flatMap(([, addresses]) => addresses.map((address): Address => ({ address, end: undefined })));
  const all = [...ends, ...gateways];
  if (all.length > 0) return all;
  throw new FlowRefusal(400, `'${place}' is no address, no interface and no subnet with interfaces of the network.`);
}
