import { isIpamPool } from "../../shared/domain/address-pool.ts";
import { networkContributorRoleId } from "../../shared/domain/network-management-role.ts";
import type { PlatformConfiguration } from "../../shared/domain/platform-configuration.ts";
import { parseResourceId } from "../../shared/domain/resource-id.ts";

/** What the deployment knows beside the platform configuration. */
export interface DeploymentTarget {
  readonly subscriptionId: string;
  readonly resourceGroupName: string;
  /** The roles of subscriptions are given at a management group (management-group-roles.bicep) instead. */
  readonly rolesAtManagementGroup: boolean;
}

/**
 * The parameters of main.bicepparam that follow from the platform configuration, so that roles lie where the app works and nowhere else.
 * @throws Error where the configuration names another account for network events than the one that is deployed.
 */
export function deploymentParameters(
  configuration: PlatformConfiguration,
  target: DeploymentTarget,
): Record<string, string> {
  const { networkManagementRole: role, networkEvents, hubs, applicationGateway } = configuration;
  return {
    SPOKE_SUBSCRIPTION_IDS: target.rolesAtManagementGroup ? "" : configuration.subscriptionIds.join(","),
    HUB_RESOURCE_GROUPS: groupsOf(
      hubs.flatMap(({ virtualNetworkId, firewall }) => [
        virtualNetworkId,
        ...(firewall === null ? [] : [firewall.policyId, firewall.ipGroupId]),
      ]),
    ),
    LOG_RESOURCE_GROUPS: groupsOf([
      configuration.workspace.resourceId,
      configuration.activityLogStorageAccountId,
      ...Object.values(configuration.flowLogs.storageAccountIds),
      ...(configuration.networkChanges?.actionGroupIds ?? []),
    ]),
    SECRET_RESOURCE_GROUPS: groupsOf((applicationGateway?.certificateVaults ?? []).map(({ resourceId }) => resourceId)),
    NAME_RESOURCE_GROUPS: groupsOf(configuration.privateDnsZoneIds),
    ADDRESS_RESOURCE_GROUPS: groupsOf(
      Object.values(configuration.addressPools)
        .filter(isIpamPool)
        .map(({ ipamPoolId }) => ipamPoolId),
    ),
    NETWORK_MANAGEMENT_ROLE_GUID: role.kind === "custom" ? role.roleDefinitionId : networkContributorRoleId,
    ...(networkEvents === null
      ? {}
      : {
          EVENTS_STORAGE_ACCOUNT_NAME: accountName(networkEvents.storageAccountId, target),
          NETWORK_EVENTS_QUEUE: networkEvents.queueName,
          ...(networkEvents.deadLetterContainer === null
            ? {}
            : { DEAD_LETTER_CONTAINER: networkEvents.deadLetterContainer }),
        }),
  };
}

/** The resource groups of resources, once each, however their ids are written. */
function groupsOf(resourceIds: readonly string[]): string {
  const groups = new Map<string, string>();
  for (const id of resourceIds) {
    const { subscriptionId, resourceGroup } = parseResourceId(id);
    if (subscriptionId === null || resourceGroup === null) throw new Error(`${id} lies in no resource group`);
    const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
    groups.set(group.toLowerCase(), groups.get(group.toLowerCase()) ?? group);
  }
  return [...groups.values()].join(",");
}

function accountName(storageAccountId: string, target: DeploymentTarget): string {
  const { name } = parseResourceId(storageAccountId);
  const deployed = `/subscriptions/${target.subscriptionId}/resourceGroups/${target.resourceGroupName}/providers/Microsoft.Storage/storageAccounts/${name}`;
  if (storageAccountId.toLowerCase() !== deployed.toLowerCase())
    throw new Error(
      `networkEvents.storageAccountId of the platform configuration is ${storageAccountId}, but this deployment makes ${deployed}. Write that into the configuration, with a name that is free.`,
    );
  return name;
}
