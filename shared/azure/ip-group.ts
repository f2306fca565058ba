import type { IpGroup } from "@azure/arm-network";
import type { AzureClients } from "./clients.ts";
import { inPlace } from "./in-place.ts";
import { refuseRemoval } from "./membership.ts";
import { networkResourcePort } from "./network-resource.ts";
import { inOrderOf, normalLocation } from "./normal-form.ts";
import type { ResourcePort } from "./ports.ts";

type Type = "Microsoft.Network/ipGroups";

/** Membership of one spoke's prefixes in the hub's IP group; `retired` holds prefixes to take out. */
export function ipGroupPort(clients: AzureClients): ResourcePort<Type> {
  const port = networkResourcePort<Type, IpGroup>(clients, (client) => client.ipGroups, {
    type: "Microsoft.Network/ipGroups",
    toBody: (native, { body }) => ({
      location: normalLocation(native.location),
      ipAddresses: inOrderOf(body.ipAddresses, native.ipAddresses ?? []),
    }),
    toNative: ({ body, retired = [] }, standing) => ({
      ...standing,
      location: standing?.location ?? body.location,
      ipAddresses: inPlace(standing?.ipAddresses ?? [], body.ipAddresses, retired, (address) => address),
    }),
    holdsOwnMembers: (native, { body }) => {
      const members = new Set(native.ipAddresses ?? []);
      return body.ipAddresses.every((address) => members.has(address));
    },
  });
  return { ...port, remove: refuseRemoval };
}
