import { randomUUID } from "node:crypto";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { createAzurePorts } from "../../../shared/azure/azure-ports.ts";
import type { ClientDependencies } from "../../../shared/azure/clients.ts";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import type { AzureSettings } from "../../../shared/azure/settings.ts";
import type { DesiredResource, ResourceBodies, ResourceType } from "../../../shared/domain/resource.ts";
import { firstSubscription, type LocalAzure } from "../arm/local-azure.ts";

/** The ports as the app makes them, against a local Azure, as the platform's owner; a refusal is told at once. */
export function portsFor(azure: LocalAzure, dependencies: Partial<ClientDependencies> = {}): AzurePorts {
  return createAzurePorts(settingsFor(azure), {
    credential: async () => azure.credential(),
    settling: 0,
    ...dependencies,
  });
}

/** Where a local Azure is. Its CA is trusted from here on, as NODE_EXTRA_CA_CERTS would have it from the start. */
export function settingsFor(azure: LocalAzure): AzureSettings {
  setDefaultCACertificates([...getCACertificates("default"), azure.ca]);
  return {
    resourceManagerEndpoint: azure.url,
    resourceManagerAudience: "https://management.azure.com",
    graphEndpoint: azure.url,
    graphAudience: "https://graph.microsoft.com",
  };
}

export const location = "westeurope";
export const tags = { "zero-trust-spoke": "orders-prod" };

/** Id of a resource of Microsoft.Network in a resource group of the first subscription. */
export function networkId(resourceGroup: string, type: string, name: string): string {
  return `${resourceGroupId(resourceGroup)}/providers/Microsoft.Network/${type}/${name}`;
}

export function resourceGroupId(name: string): string {
  return `/subscriptions/${firstSubscription}/resourceGroups/${name}`;
}

/** A desired resource, of which a port cares about nothing but type, id, body and the members to retire. */
export function desired<T extends ResourceType>(
  type: T,
  id: string,
  body: ResourceBodies[T],
  retired?: readonly string[],
): DesiredResource<T> {
  const resource = { id, type, ownership: "owned", steps: [], dependsOn: [], body, ...(retired && { retired }) };
  return resource as unknown as DesiredResource<T>;
}

/** A resource group of its own for a test. */
export async function newResourceGroup(ports: AzurePorts): Promise<string> {
  const name = `rg-${randomUUID().slice(0, 8)}`;
  const type = "Microsoft.Resources/resourceGroups";
  await ports.resources[type].write(desired(type, resourceGroupId(name), { location, tags: {} }), null);
  return name;
}

/** Makes a resource stand and gives back its id. */
export async function make<T extends ResourceType>(
  ports: AzurePorts,
  type: T,
  id: string,
  body: ResourceBodies[T],
): Promise<string> {
  await ports.resources[type].write(desired(type, id, body), null);
  return id;
}
