import type { Identity } from "@azure/arm-msi";
import { armResourcePort } from "./arm-resource.ts";
import type { AzureClients } from "./clients.ts";
import { normalLocation } from "./normal-form.ts";
import type { ResourcePort } from "./ports.ts";
import { mergedTags, normalTags } from "./tags.ts";

type Type = "Microsoft.ManagedIdentity/userAssignedIdentities";

/** `native` of its observation holds `principalId`, which role assignments name. */
export function userAssignedIdentityPort(clients: AzureClients): ResourcePort<Type> {
  const operations = async (subscriptionId: string) =>
    (await clients.managedIdentity(subscriptionId)).userAssignedIdentities;
  return armResourcePort<Type, Identity>(clients, {
    type: "Microsoft.ManagedIdentity/userAssignedIdentities",
    get: async (at) => (await operations(at.subscriptionId)).get(at.resourceGroup, at.name),
    put: async (at, body) => (await operations(at.subscriptionId)).createOrUpdate(at.resourceGroup, at.name, body),
    remove: async (at) => (await operations(at.subscriptionId)).delete(at.resourceGroup, at.name),
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
