import { isSame, parseArmPath } from "./arm-id.ts";
import type { AzureClients } from "./clients.ts";
import { unlessMissing } from "./missing.ts";
import type { OccupantsPort } from "./ports.ts";
import { seesEverything } from "./sees-everything.ts";

/** The resource to which an IP configuration (or any other part) belongs. */
const resourceOfPart = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/[^/]+\/[^/]+\/[^/]+/i;

/** Who lives in a spoke's network and resource group: asked before a removal. */
export function occupantsPort(clients: AzureClients): OccupantsPort {
  return {
    inSubnets: (virtualNetworkId) =>
      clients.attempt(virtualNetworkId, async () => {
        const { subscriptionId, resourceGroup, name } = parseArmPath(virtualNetworkId);
        const client = await clients.network(subscriptionId);
        const network = await unlessMissing(() => client.virtualNetworks.get(resourceGroup, name));
        const parts = (network?.subnets ?? []).flatMap((subnet) => [
          ...(subnet.ipConfigurations ?? []),
          ...(subnet.applicationGatewayIPConfigurations ?? []),
        ]);
        const found = parts.flatMap(({ id }) => resourceOfPart.exec(id ?? "")?.[0] ?? []);
        return found.filter((id, index) => found.findIndex((other) => isSame(other, id)) === index).toSorted();
      }),
    inResourceGroup: (resourceGroupId) =>
      clients.attempt(resourceGroupId, async () => {
        const [, , subscriptionId = "", , resourceGroup = ""] = resourceGroupId.split("/");
        const client = await clients.resources(subscriptionId);
        const found = await unlessMissing(async () => {
          await seesEverything(clients, subscriptionId, resourceGroup);
          const ids: string[] = [];
          for await (const { id } of client.resources.listByResourceGroup(resourceGroup)) if (id) ids.push(id);
          return ids;
        });
        return (found ?? []).toSorted();
      }),
  };
}
