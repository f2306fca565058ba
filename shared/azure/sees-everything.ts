import type { Permission } from "@azure/arm-authorization";
import { RefusedError } from "../domain/errors.ts";
import type { AzureClients } from "./clients.ts";

/**
 * Makes sure that the tool may read whatever is in a resource group. Azure leaves out of a group's list what the caller may
 * not read, and deletes it with the group all the same ("Azure Resource Manager resource group and resource deletion"): who
 * does not see everything must not conclude that nobody else is there.
 * @throws RefusedError ResidentsMayBeHidden
 */
export async function seesEverything(
  clients: AzureClients,
  subscriptionId: string,
  resourceGroup: string,
): Promise<void> {
  const client = await clients.authorizationIn(subscriptionId);
  for await (const permission of client.permissions.listForResourceGroup(resourceGroup)) {
    if (readsAll(permission)) return;
  }
  throw new RefusedError({
    code: "ResidentsMayBeHidden",
    message: `Resources of others may be in the resource group ${resourceGroup} that the tool may not read.`,
    resourceId: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`,
    remedy:
      "Give the tool's identity the role Zero Trust Spokes Read, or Reader, on the subscription: a resource group is removed only when the tool sees that nobody else is in it.",
  });
}

/** Whether a role lets read resources of every type. */
function readsAll({ actions = [], notActions = [] }: Permission): boolean {
  const reads = actions.some((action) => action === "*" || action.toLowerCase() === "*/read");
  return reads && !notActions.some((action) => action === "*" || action.toLowerCase().endsWith("/read"));
}
