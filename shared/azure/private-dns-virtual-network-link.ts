import type { VirtualNetworkLink } from "@azure/arm-privatedns";
import { armResourcePort } from "./arm-resource.ts";
import type { AzureClients } from "./clients.ts";
import type { ResourcePort } from "./ports.ts";
import { mergedTags, normalTags } from "./tags.ts";

type Type = "Microsoft.Network/privateDnsZones/virtualNetworkLinks";

/** Lets a network resolve the names of one private DNS zone. Azure does not let a link change its network. */
export function privateDnsVirtualNetworkLinkPort(clients: AzureClients): ResourcePort<Type> {
  const operations = async (subscriptionId: string) => (await clients.privateDns(subscriptionId)).virtualNetworkLinks;
  return armResourcePort<Type, VirtualNetworkLink>(clients, {
    type: "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    get: async (at) => (await operations(at.subscriptionId)).get(at.resourceGroup, at.parent, at.name),
    put: async (at, body, options) =>
      (await operations(at.subscriptionId)).createOrUpdate(at.resourceGroup, at.parent, at.name, body, options),
    remove: async (at, options) =>
      (await operations(at.subscriptionId)).delete(at.resourceGroup, at.parent, at.name, options),
    toBody: (native, { body }) => ({
      tags: normalTags(native.tags, body.tags),
      virtualNetworkId: native.virtualNetwork?.id ?? "",
      registrationEnabled: native.registrationEnabled ?? false,
    }),
    toNative: ({ body }, standing) => ({
      ...standing,
      location: "global",
      tags: mergedTags(standing?.tags, body.tags),
      virtualNetwork: { id: body.virtualNetworkId },
      registrationEnabled: body.registrationEnabled,
    }),
  });
}
