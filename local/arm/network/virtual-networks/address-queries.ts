import { isIPv4 } from "node:net";
import type { Resource } from "../../resource.ts";
import type { ActionDefinition } from "../../resource-type.ts";
import type { ActionContext } from "../../world.ts";
import { parseIpv4Range } from "../address-prefix.ts";
import { networkTypes } from "../back-references.ts";
import { usersOfSubnet } from "../ip-configurations.ts";
import { PrivateAddresses, prefixOf } from "../private-addresses.ts";
import { badRequest } from "../refusals.ts";

/** How many free addresses Azure suggests where the asked one is taken. */
const SUGGESTIONS = 5;
const RESERVED_PER_SUBNET = 5;

const subnetsOf = (context: ActionContext): readonly Resource[] =>
  context.world.list(networkTypes.subnet, context.resource.id);

const checkIPAddressAvailability: ActionDefinition = {
  invoke: (context) => {
    const address = context.query.get("ipAddress") ?? "";
    if (!isIPv4(address)) {
      throw badRequest("InvalidIPAddress", `IP address ${address} is not valid.`);
    }
    for (const subnet of subnetsOf(context)) {
      const addresses = new PrivateAddresses(context.world, subnet, subnet.id);
      if (!addresses.contains(address)) continue;
      const isPlatformReserved = addresses.isReserved(address);
      const taken = usersOfSubnet(context.world, subnet.id).some((user) => user.privateIPAddress === address);
      if (!isPlatformReserved && !taken) return { body: { available: true, isPlatformReserved } };
      return { body: { available: false, availableIPAddresses: addresses.free(SUGGESTIONS), isPlatformReserved } };
    }
    throw badRequest(
      "PrivateIPAddressNotInAnySubnet",
      `Private static IP address ${address} does not belong to the range of any subnet in the virtual network ${context.resource.id}.`,
    );
  },
};

const usages: ActionDefinition = {
  action: "usages/read",
  invoke: (context) => ({
    body: {
      value: subnetsOf(context).map((subnet) => ({
        currentValue: usersOfSubnet(context.world, subnet.id).length,
        id: subnet.id,
        limit: sizeOf(subnet) - RESERVED_PER_SUBNET,
        name: { localizedValue: "Subnet size and usage", value: "SubnetSpace" },
        unit: "Count",
      })),
    },
  }),
};

function sizeOf(subnet: Resource): number {
  const range = parseIpv4Range(prefixOf(subnet));
  return range ? range.last - range.first + 1 : 0;
}

/** Reads of a virtual network that are no resource. */
export const networkQueries: Readonly<Record<string, ActionDefinition>> = {
  CheckIPAddressAvailability: { ...checkIPAddressAvailability, action: "checkIpAddressAvailability/read" },
  usages,
};
