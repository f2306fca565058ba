import type { NetworkInterface, NetworkWatcher, VirtualNetwork } from "@azure/arm-network";
import type { StorageAccount } from "@azure/arm-storage";
import type { SpokeFacts, StorageAccountFact, VirtualNetworkFact } from "../domain/platform-facts.ts";
import { subscriptionScope } from "../domain/resource-id.ts";
import { isSame } from "./arm-id.ts";
import { interfacesIn, scaleSetInterfaces } from "./network-interface-facts.ts";
import { normalLocation } from "./normal-form.ts";
import type { FactsPort, ResourceSnapshot } from "./ports.ts";
import { nativeOf, type RawResource } from "./raw-resource.ts";
import { storageAccountFact, subnetFacts, virtualNetworkFact } from "./spoke-facts.ts";
import { findSystemTopicIn } from "./system-topic.ts";

type Asked = Parameters<FactsPort["observeSpokeFacts"]>[0];
type Facts = Omit<SpokeFacts, "multiFactor">;

/** The facts of the spokes of one subscription, out of documents that were read before; asks nobody. */
export function snapshotFacts(snapshot: ResourceSnapshot, subscriptionId: string): (asked: Asked) => Facts {
  const all = <Native extends object>(type: string): readonly Native[] =>
    snapshot.ofType(type, subscriptionId).map(nativeOf<Native>);
  const networks = all<VirtualNetwork>("Microsoft.Network/virtualNetworks");
  const interfaces = all<NetworkInterface>("Microsoft.Network/networkInterfaces");
  const watchers = all<NetworkWatcher>("Microsoft.Network/networkWatchers");
  const virtualNetworks: readonly VirtualNetworkFact[] = networks.map(virtualNetworkFact);
  const topic = findSystemTopicIn(snapshot, subscriptionId, subscriptionScope(subscriptionId));

  return ({ location, virtualNetworkId, storageAccountId, withSystemTopic }) => {
    const own = networks.find((network) => isSame(network.id, virtualNetworkId));
    const watcher = watchers.find((one) => normalLocation(one.location) === normalLocation(location));
    return {
      networkWatcherId: watcher?.id ?? null,
      systemTopicId: withSystemTopic ? (topic?.id ?? null) : null,
      networkInterfaces: [...interfacesIn(virtualNetworkId, interfaces), ...scaleSetInterfaces(own)],
      storageAccount: storageAccountId === null ? null : storageAccountIn(snapshot, storageAccountId),
      virtualNetworks,
      subnets: subnetFacts(own),
    };
  };
}

function storageAccountIn(snapshot: ResourceSnapshot, id: string): StorageAccountFact | null {
  const raw = snapshot.byId(id);
  return raw === undefined ? null : storageAccountFact(storageModel(raw), id);
}

/** The storage SDK spells two properties otherwise than Azure does. */
function storageModel(raw: RawResource): StorageAccount {
  const flat = nativeOf<
    StorageAccount & { supportsHttpsTrafficOnly?: boolean; networkAcls?: StorageAccount["networkRuleSet"] }
  >(raw);
  return { ...flat, enableHttpsTrafficOnly: flat.supportsHttpsTrafficOnly, networkRuleSet: flat.networkAcls };
}
