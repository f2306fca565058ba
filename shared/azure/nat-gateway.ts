import type { NatGateway } from "@azure/arm-network";
import type { AzureClients } from "./clients.ts";
import { networkResourcePort } from "./network-resource.ts";
import { inOrderOf, normalLocation } from "./normal-form.ts";
import type { ResourcePort } from "./ports.ts";
import { mergedTags, normalTags } from "./tags.ts";

type Type = "Microsoft.Network/natGateways";

/** A Standard NAT gateway: the only way out of a spoke without a firewall. */
export function natGatewayPort(clients: AzureClients): ResourcePort<Type> {
  return networkResourcePort<Type, NatGateway>(clients, (client) => client.natGateways, {
    type: "Microsoft.Network/natGateways",
    toBody: (native, { body }) => ({
      location: normalLocation(native.location),
      tags: normalTags(native.tags, body.tags),
      publicIpAddressIds: inOrderOf(
        body.publicIpAddressIds,
        (native.publicIpAddresses ?? []).map((address) => address.id ?? ""),
      ),
    }),
    toNative: ({ body }, standing) => ({
      ...standing,
      location: body.location,
      tags: mergedTags(standing?.tags, body.tags),
      sku: standing?.sku ?? { name: "Standard" },
      idleTimeoutInMinutes: standing?.idleTimeoutInMinutes ?? 4,
      publicIpAddresses: body.publicIpAddressIds.map((id) => ({ id })),
    }),
  });
}
