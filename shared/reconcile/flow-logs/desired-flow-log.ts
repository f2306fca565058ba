import { RefusedError } from "../../domain/errors.ts";
import type { PlatformConfiguration } from "../../domain/platform-configuration.ts";
import type { DesiredResource } from "../../domain/resource.ts";
import { sameResourceId } from "../../domain/resource-id.ts";
import type { SpokeRecord } from "../../domain/spoke-record.ts";
import { spokeTag } from "../../domain/spoke-tag.ts";
import { withoutUnapproved } from "../../domain/without-unapproved.ts";
import { checkFlowLogStorage } from "../../spoke/check-flow-log-storage.ts";
import { flowLogResources } from "../../spoke/flow-log.ts";
import { flowLogOfNetwork } from "../../spoke/flow-log-enforcement/flow-log-of-network.ts";
import type {
  SeenNetwork,
  SeenStorage,
  SubscriptionSight,
} from "../../spoke/flow-log-enforcement/observed-networks.ts";
import { spokeNames } from "../../spoke/spoke-names.ts";

/** What shall stand for the flow log of one network, in the order in which it is made; the flow log is the last. */
export interface DesiredFlowLog {
  readonly resources: readonly DesiredResource[];
  readonly storage: SeenStorage;
}

/** The flow log of a network: of a spoke's the part of its desired state, of any other the same log. Null without storage. */
export function desiredFlowLog(
  network: SeenNetwork,
  record: SpokeRecord | null,
  sight: SubscriptionSight,
  storages: readonly SeenStorage[],
  configuration: PlatformConfiguration,
): DesiredFlowLog | null {
  const storage = usableStorage(network.location, storages, configuration);
  if (storage === null) return null;
  const networkWatcherId = sight.networkWatchers.find(({ location }) => location === network.location)?.id ?? null;
  if (record === null) {
    const { subscriptionId, networks, flowLogs } = sight;
    const surroundings = { subscriptionId, configuration, networkWatcherId, storage, networks, flowLogs };
    return { resources: flowLogOfNetwork(network, surroundings), storage };
  }
  const { request } = withoutUnapproved(record);
  return {
    resources: flowLogResources({
      configuration,
      request,
      names: spokeNames(request, configuration, networkWatcherId),
      tags: { ...request.tags, [spokeTag]: request.name },
      facts: { networkWatcherId, storageAccount: storage },
    }),
    storage,
  };
}

function usableStorage(
  location: string,
  storages: readonly SeenStorage[],
  { flowLogs }: PlatformConfiguration,
): SeenStorage | null {
  const configured = flowLogs.storageAccountIds[location];
  if (configured === undefined) return null;
  const storage = storages.find(({ id }) => sameResourceId(id, configured)) ?? null;
  try {
    checkFlowLogStorage(location, configured, storage);
    return storage;
  } catch (error) {
    if (error instanceof RefusedError) return null;
    throw error;
  }
}
