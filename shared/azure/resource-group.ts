import type { ResourceGroup } from "@azure/arm-resources";
import { armResourcePort, type NativeResource } from "./arm-resource.ts";
import type { AzureClients } from "./clients.ts";
import { normalLocation } from "./normal-form.ts";
import type { ResourcePort } from "./ports.ts";
import { mergedTags, normalTags } from "./tags.ts";

type Type = "Microsoft.Resources/resourceGroups";
type Native = ResourceGroup & NativeResource;

/** Removal takes everything with it that still stands in the group. */
export function resourceGroupPort(clients: AzureClients): ResourcePort<Type> {
  const operations = async (subscriptionId: string) => (await clients.resources(subscriptionId)).resourceGroups;
  return armResourcePort<Type, Native>(clients, {
    type: "Microsoft.Resources/resourceGroups",
    get: async (at) => {
      const group = await (await operations(at.subscriptionId)).get(at.resourceGroup);
      return { ...group, provisioningState: group.properties?.provisioningState };
    },
    put: async (at, body) => (await operations(at.subscriptionId)).createOrUpdate(at.resourceGroup, body),
    remove: async (at, options) => (await operations(at.subscriptionId)).delete(at.resourceGroup, options),
    toBody: (native, { body }) => ({
      location: normalLocation(native.location),
      tags: normalTags(native.tags, body.tags),
    }),
    toNative: ({ body }, standing) => ({
      ...standing,
      location: body.location,
      tags: mergedTags(standing?.tags, body.tags),
    }),
  });
}
