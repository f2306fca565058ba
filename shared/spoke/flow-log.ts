import type { DesiredResource } from "../domain/resource.ts";
import type { FlowLogStorage } from "./check-flow-log-storage.ts";
import type { SpokeDesign } from "./spoke-design.ts";
import { type LoggedNetwork, virtualNetworkFlowLog } from "./virtual-network-flow-log.ts";

/** What of a design the flow log of the spoke's network follows from. */
export interface FlowLogDesign extends Pick<SpokeDesign, "configuration" | "names" | "request" | "tags"> {
  readonly facts: { readonly networkWatcherId: string | null; readonly storageAccount: FlowLogStorage | null };
}

/** The flow log of the spoke's network, and what it needs; nothing where there is no account to write to. */
export function flowLogResources(design: FlowLogDesign): DesiredResource[] {
  const storage = design.facts.storageAccount;
  return storage === null ? [] : virtualNetworkFlowLog(loggedNetwork(design), design.configuration, storage);
}

function loggedNetwork({ names, request, facts, tags }: FlowLogDesign): LoggedNetwork {
  return {
    virtualNetworkId: names.virtualNetwork,
    flowLogId: names.flowLog,
    location: request.location,
    tags,
    ownership: "owned",
    dependsOn: [names.virtualNetwork],
    identity: { id: names.flowLogIdentity, resourceGroupId: names.resourceGroup },
    watcherStands: facts.networkWatcherId !== null,
    names,
  };
}
