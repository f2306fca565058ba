import type { ResourceType } from "../../resource-type.ts";
import { networkTypes } from "../back-references.ts";
import { defined, objectOf, stringsOf, textOf } from "../json-value.ts";
import { topLevelType } from "../network-type.ts";
import { inUse, missingMember } from "../refusals.ts";
import { requireKnownMembers, storedBody } from "../stored-body.ts";

/** Azure Virtual Network Manager, as the home of IPAM pools; its configurations and their deployment are not modelled. */
export const networkManager: ResourceType = {
  ...topLevelType,
  type: networkTypes.networkManager,
  put: {
    operationName: "PutNetworkManagerOperation",
    prepare: (context, body) => {
      const given = body.properties;
      requireKnownMembers(given, "properties", {
        modelled: ["description", "networkManagerScopes", "networkManagerScopeAccesses"],
      });
      const path = "properties.networkManagerScopes";
      const scopes = objectOf(given.networkManagerScopes, path);
      requireKnownMembers(scopes, path, {
        modelled: ["subscriptions", "managementGroups"],
        readOnly: ["crossTenantScopes"],
      });
      const subscriptions = stringsOf(scopes.subscriptions, `${path}.subscriptions`);
      const managementGroups = stringsOf(scopes.managementGroups, `${path}.managementGroups`);
      if (subscriptions.length + managementGroups.length === 0) {
        throw missingMember("networkManagerScopes", context.id.id);
      }
      return storedBody(
        body,
        defined({
          description: textOf(given.description, "properties.description"),
          networkManagerScopes: { subscriptions, managementGroups },
          networkManagerScopeAccesses: stringsOf(
            given.networkManagerScopeAccesses,
            "properties.networkManagerScopeAccesses",
          ),
        }),
      );
    },
  },
  remove: {
    longRunning: "location",
    seconds: 10,
    check: (context, existing) => {
      const pools = context.world.list(networkTypes.ipamPool, existing.id).map(({ id }) => id);
      if (pools.length === 0) return;
      throw inUse("InUseNetworkManagerCannotBeDeleted", "Network manager", existing.id, pools, "Delete them first.");
    },
  },
};
