import { createHash } from "node:crypto";
import type { PlatformConfiguration } from "../../domain/platform-configuration.ts";
import type { DesiredResource } from "../../domain/resource.ts";
import {
  childResourceId,
  parseResourceId,
  resourceId,
  resourceIdKey,
  sameResourceId,
} from "../../domain/resource-id.ts";
import type { FlowLogStorage } from "../check-flow-log-storage.ts";
import { spokeNames } from "../spoke-names.ts";
import { virtualNetworkFlowLog } from "../virtual-network-flow-log.ts";
import type { SeenFlowLog, SeenNetwork } from "./observed-networks.ts";

/** What a network that is no spoke stands in. */
export interface NetworkSurroundings {
  readonly subscriptionId: string;
  readonly configuration: PlatformConfiguration;
  /** The watcher of the network's region; null where none stands. */
  readonly networkWatcherId: string | null;
  readonly storage: FlowLogStorage;
  /** All networks and flow logs of the subscription. */
  readonly networks: readonly SeenNetwork[];
  readonly flowLogs: readonly SeenFlowLog[];
}

/**
 * The flow log that a network shall have which is no spoke's, and what it needs. One that stands for the network is
 * mended where it is, whatever its name: Azure takes one for each target. All of it is shared: nothing here is ever
 * removed again. Where the storage refuses shared keys the flow logs of a region write as one identity, in the group of
 * the subscription's network watchers: a role on the storage account for each network would use up what an account takes.
 */
export function flowLogOfNetwork(network: SeenNetwork, surroundings: NetworkSurroundings): DesiredResource[] {
  const { subscriptionId, configuration, networkWatcherId, storage, networks, flowLogs } = surroundings;
  const { location } = network;
  const names = spokeNames({ name: network.name, subscriptionId, location }, configuration, networkWatcherId);
  const identityGroup =
    networkWatcherId === null ? names.networkWatcherResourceGroup : parseResourceId(networkWatcherId).parentId;
  const standing = flowLogs.find(({ targetResourceId }) => sameResourceId(targetResourceId, network.id));
  return virtualNetworkFlowLog(
    {
      virtualNetworkId: network.id,
      flowLogId: standing?.id ?? freeFlowLogId(network, names.networkWatcher, networks, flowLogs),
      location,
      tags: {},
      ownership: "shared",
      dependsOn: [],
      identity: {
        id: resourceId(identityGroup, "Microsoft.ManagedIdentity/userAssignedIdentities", `id-flow-logs-${location}`),
        resourceGroupId: identityGroup,
      },
      watcherStands: networkWatcherId !== null,
      names,
    },
    configuration,
    storage,
  );
}

/** `fl-{network}`; networks of one name in two resource groups share a watcher, so each gets a name of its own. */
function freeFlowLogId(
  network: SeenNetwork,
  watcherId: string,
  networks: readonly SeenNetwork[],
  flowLogs: readonly SeenFlowLog[],
): string {
  const { id, name } = network;
  const plain = childResourceId(watcherId, "flowLogs", `fl-${name}`);
  const namesakes = networks.some((other) => isNamesake(other, network) && !sameResourceId(other.id, id));
  if (!namesakes && !flowLogs.some((other) => sameResourceId(other.id, plain))) return plain;
  const own = createHash("sha256").update(resourceIdKey(id)).digest("hex").slice(0, 8);
  return childResourceId(watcherId, "flowLogs", `fl-${name.slice(0, 60)}-${own}`);
}

function isNamesake(one: SeenNetwork, other: SeenNetwork): boolean {
  return one.name.toLowerCase() === other.name.toLowerCase() && one.location === other.location;
}
