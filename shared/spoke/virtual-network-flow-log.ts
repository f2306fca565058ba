import type { PlatformConfiguration } from "../domain/platform-configuration.ts";
import type { DesiredResource, Ownership } from "../domain/resource.ts";
import type { FlowLogStorage } from "./check-flow-log-storage.ts";
import type { SpokeNames } from "./spoke-names.ts";

/** Azure's built-in role Storage Blob Data Contributor. */
const storageBlobDataContributor =
  "/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe";

/** A network whose traffic shall be logged, and where what that takes lies. */
export interface LoggedNetwork {
  readonly virtualNetworkId: string;
  readonly flowLogId: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly ownership: Ownership;
  /** Desired resources that stand before the flow log. */
  readonly dependsOn: readonly string[];
  /** The identity by which it writes where the storage refuses shared keys, in a group that stands or is desired. */
  readonly identity: { readonly id: string; readonly resourceGroupId: string };
  /** Whether the region's network watcher stands already. */
  readonly watcherStands: boolean;
  readonly names: Pick<
    SpokeNames,
    "networkWatcher" | "networkWatcherResourceGroup" | "roleAssignmentFor" | "inSubscriptionOf"
  >;
}

/**
 * The flow log of a virtual network with traffic analytics, and what it needs. NSG flow logs, which the guidance names,
 * can no longer be made (trap 24). Where the storage refuses shared keys, the flow log writes as an identity of its own.
 */
export function virtualNetworkFlowLog(
  network: LoggedNetwork,
  configuration: PlatformConfiguration,
  storage: FlowLogStorage,
): DesiredResource[] {
  const { names, location, tags, ownership } = network;
  const ownIdentity = !storage.allowSharedKeyAccess;
  const identity = ownIdentity ? writingIdentity(network, storage) : [];
  return [
    ...networkWatcher(network),
    ...identity,
    {
      id: network.flowLogId,
      type: "Microsoft.Network/networkWatchers/flowLogs",
      ownership,
      steps: [5],
      dependsOn: [...network.dependsOn, names.networkWatcher, ...identity.map((resource) => resource.id)],
      body: {
        location,
        tags,
        targetResourceId: network.virtualNetworkId,
        storageId: storage.id,
        enabled: true,
        retentionDays: configuration.flowLogs.retentionDays,
        userAssignedIdentityId: ownIdentity ? network.identity.id : null,
        trafficAnalytics: {
          enabled: true,
          workspaceId: configuration.workspace.workspaceId,
          workspaceResourceId: configuration.workspace.resourceId,
          workspaceRegion: configuration.workspace.location,
          intervalMinutes: configuration.flowLogs.trafficAnalyticsIntervalMinutes,
        },
      },
    },
  ];
}

function writingIdentity({ identity, names, location, tags, ownership }: LoggedNetwork, storage: FlowLogStorage) {
  const resources: DesiredResource[] = [
    {
      id: identity.id,
      type: "Microsoft.ManagedIdentity/userAssignedIdentities",
      ownership,
      steps: [5],
      dependsOn: [identity.resourceGroupId],
      body: { location, tags },
    },
    {
      id: names.roleAssignmentFor(storage.id, storageBlobDataContributor, identity.id),
      type: "Microsoft.Authorization/roleAssignments",
      ownership,
      steps: [5],
      dependsOn: [identity.id],
      body: {
        roleDefinitionId: names.inSubscriptionOf(storage.id, storageBlobDataContributor),
        principalId: identity.id,
        principalType: "ServicePrincipal",
      },
    },
  ];
  return resources;
}

/** Azure has one network watcher for each region of a subscription; one that stands is adopted, whatever its name. */
function networkWatcher({ names, location, watcherStands }: LoggedNetwork): DesiredResource[] {
  const common = { ownership: "shared", steps: [5] } as const;
  return [
    ...(watcherStands
      ? []
      : [
          {
            ...common,
            id: names.networkWatcherResourceGroup,
            type: "Microsoft.Resources/resourceGroups" as const,
            dependsOn: [],
            body: { location, tags: {} },
          },
        ]),
    {
      ...common,
      id: names.networkWatcher,
      type: "Microsoft.Network/networkWatchers",
      dependsOn: watcherStands ? [] : [names.networkWatcherResourceGroup],
      body: { location },
    },
  ];
}
