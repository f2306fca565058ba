import type { PublicIPAddress } from "@azure/arm-network";
import type { AzureClients } from "./clients.ts";
import { networkResourcePort } from "./network-resource.ts";
import { inOrderOf, normalLocation } from "./normal-form.ts";
import type { ResourcePort } from "./ports.ts";
import { mergedTags, normalTags } from "./tags.ts";

type Type = "Microsoft.Network/publicIPAddresses";

/** A Standard, static IPv4 address: closed to inbound traffic until an NSG opens it. */
export function publicIpAddressPort(clients: AzureClients): ResourcePort<Type> {
  return networkResourcePort<Type, PublicIPAddress>(clients, (client) => client.publicIPAddresses, {
    type: "Microsoft.Network/publicIPAddresses",
    toBody: (native, { body }) => ({
      location: normalLocation(native.location),
      tags: normalTags(native.tags, body.tags),
      // Where no zones are asked for, Azure chooses them, and nobody can change them later.
      zones: body.zones.length > 0 ? inOrderOf(body.zones, native.zones ?? []) : [],
    }),
    toNative: ({ body }, standing) => ({
      ...standing,
      location: body.location,
      tags: mergedTags(standing?.tags, body.tags),
      sku: standing?.sku ?? { name: "Standard", tier: "Regional" },
      publicIPAllocationMethod: "Static",
      publicIPAddressVersion: standing?.publicIPAddressVersion ?? "IPv4",
      zones: body.zones.length > 0 ? [...body.zones] : standing?.zones,
    }),
  });
}
