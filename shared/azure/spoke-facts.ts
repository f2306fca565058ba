import type { NetworkManagementClient, VirtualNetwork } from "@azure/arm-network";
import type { StorageAccount } from "@azure/arm-storage";
import type { SpokeFacts, StorageAccountFact, VirtualNetworkFact } from "../domain/platform-facts.ts";
import { isSame, parseArmPath } from "./arm-id.ts";
import type { AzureClients } from "./clients.ts";
import { unlessMissing } from "./missing.ts";
import { interfacesIn, networkInterfaceFact, scaleSetInterfaces } from "./network-interface-facts.ts";
import { normalLocation } from "./normal-form.ts";
import type { FactsPort } from "./ports.ts";
import { subnetBody } from "./subnet.ts";
import { findSystemTopic } from "./system-topic.ts";

/** Facts about a spoke's surroundings, read with five calls whatever its size (plus pages). */
export function spokeFactsPort(clients: AzureClients): FactsPort {
  /** A whole list, read again from its first page where a page fails. */
  function all<R>(subscriptionId: string, list: (client: NetworkManagementClient) => AsyncIterable<R>): Promise<R[]> {
    return clients.attempt(`/subscriptions/${subscriptionId}`, async () => {
      const members: R[] = [];
      for await (const member of list(await clients.network(subscriptionId))) members.push(member);
      return members;
    });
  }
  async function storageAccount(id: string): Promise<StorageAccountFact | null> {
    const { subscriptionId, resourceGroup, name } = parseArmPath(id);
    const client = await clients.storage(subscriptionId);
    const native = await unlessMissing(() => client.storageAccounts.getProperties(resourceGroup, name));
    return native === null ? null : storageAccountFact(native, id);
  }

  return {
    observeInterface: (id) =>
      clients.attempt(id, async () => {
        const { subscriptionId, resourceGroup, name } = parseArmPath(id);
        const client = await clients.network(subscriptionId);
        const native = await unlessMissing(() => client.networkInterfaces.get(resourceGroup, name));
        return native === null ? null : networkInterfaceFact(native);
      }),

    observeSpokeFacts: async ({ subscriptionId, location, virtualNetworkId, storageAccountId, withSystemTopic }) => {
      const [networks, interfaces, watchers, storage, topic] = await Promise.all([
        all(subscriptionId, (client) => client.virtualNetworks.listAll()),
        all(subscriptionId, (client) => client.networkInterfaces.listAll()),
        all(subscriptionId, (client) => client.networkWatchers.listAll()),
        storageAccountId === null ? null : clients.attempt(storageAccountId, () => storageAccount(storageAccountId)),
        withSystemTopic ? clients.attempt(null, () => findSystemTopic(clients, subscriptionId)) : null,
      ]);
      const own = networks.find((network) => isSame(network.id, virtualNetworkId));
      const watcher = watchers.find((one) => normalLocation(one.location) === normalLocation(location));
      return {
        networkWatcherId: watcher?.id ?? null,
        systemTopicId: topic?.id ?? null,
        networkInterfaces: [...interfacesIn(virtualNetworkId, interfaces), ...scaleSetInterfaces(own)],
        storageAccount: storage,
        virtualNetworks: networks.map(virtualNetworkFact),
        subnets: subnetFacts(own),
      };
    },
  };
}

/** What a network tells of itself to its neighbours. */
export function virtualNetworkFact(native: VirtualNetwork): VirtualNetworkFact {
  return {
    id: native.id ?? "",
    addressPrefixes: (native.addressSpace?.addressPrefixes ?? []).toSorted(),
    tags: native.tags ?? {},
  };
}

/** The subnets that stand in a network. */
export function subnetFacts(network: VirtualNetwork | undefined): SpokeFacts["subnets"] {
  return (network?.subnets ?? []).map((subnet) => {
    const { name, addressPrefix, networkSecurityGroupId } = subnetBody(subnet);
    return { name, addressPrefix, networkSecurityGroupId };
  });
}

/** Azure's defaults where it says nothing: shared keys allowed, no public blobs, HTTPS only. */
export function storageAccountFact(native: StorageAccount, id: string): StorageAccountFact {
  return {
    id: native.id ?? id,
    location: normalLocation(native.location),
    skuName: native.sku?.name ?? "",
    allowSharedKeyAccess: native.allowSharedKeyAccess ?? true,
    allowBlobPublicAccess: native.allowBlobPublicAccess ?? false,
    supportsHttpsTrafficOnly: native.enableHttpsTrafficOnly ?? true,
    minimumTlsVersion: native.minimumTlsVersion ?? null,
    publicNetworkAccess: native.publicNetworkAccess ?? null,
    networkDefaultAction: native.networkRuleSet?.defaultAction ?? null,
    requireInfrastructureEncryption: native.encryption?.requireInfrastructureEncryption ?? false,
  };
}
