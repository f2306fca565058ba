import { sameId } from "../../resource-id.ts";
import type { ActionDefinition, ResourceType } from "../../resource-type.ts";
import { networkTypes } from "../back-references.ts";
import { topLevelType } from "../network-type.ts";
import { badRequest, notModelled } from "../refusals.ts";
import { requireKnownMembers, storedBody } from "../stored-body.ts";

/** Diagnoses that need a data plane: refused loudly. */
const UNMODELLED_ACTIONS = [
  "ipFlowVerify",
  "nextHop",
  "securityGroupView",
  "topology",
  "configureFlowLog",
  "queryFlowLogStatus",
  "networkConfigurationDiagnostic",
  "connectivityCheck",
  "troubleshoot",
  "queryTroubleshootResult",
  "availableProvidersList",
  "azureReachabilityReport",
];

const refused = (name: string): ActionDefinition => ({
  invoke: () => {
    throw notModelled(`the network watcher's ${name}`);
  },
});

/** One watcher per subscription and region; Azure makes it with the first virtual network there. */
export const networkWatcher: ResourceType = {
  ...topLevelType,
  type: networkTypes.networkWatcher,
  deletionOrder: 65,
  put: {
    operationName: "PutNetworkWatcherOperation",
    prepare: (context, body) => {
      requireKnownMembers(body.properties, "properties", { modelled: [] });
      const other = context.world
        .list(networkTypes.networkWatcher, `/subscriptions/${context.id.subscriptionId}`)
        .find((watcher) => watcher.body.location === body.location && !sameId(watcher.id, context.id.id));
      if (other) {
        throw badRequest(
          "NetworkWatcherCountLimitReached",
          "Cannot create more than 1 network watchers for this subscription in this region.",
        );
      }
      return storedBody(body, {});
    },
  },
  remove: { longRunning: "location", seconds: 5 },
  actions: Object.fromEntries(UNMODELLED_ACTIONS.map((name) => [name, refused(name)])),
};
