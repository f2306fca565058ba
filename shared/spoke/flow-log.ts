import type { DesiredResource } from "../domain/resource.ts";
import type { SpokeDesign } from "./spoke-design.ts";

/** Azure's built-in role Storage Blob Data Contributor. */
const storageBlobDataContributor =
  "/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe";

/**
 * The flow log of the virtual network with traffic analytics. NSG flow logs, which the guidance names, can no longer
 * be created (trap 24). Where the storage refuses shared keys, the flow log writes as an identity of its own.
 */
export function flowLogResources(design: SpokeDesign): DesiredResource[] {
  const { configuration, names, request, facts } = design;
  const storage = facts.storageAccount;
  if (storage === null) return [];
  const ownIdentity = !storage.allowSharedKeyAccess;
  const location = request.location;
  const identity: DesiredResource[] = ownIdentity
    ? [
        {
          id: names.flowLogIdentity,
          type: "Microsoft.ManagedIdentity/userAssignedIdentities",
          ownership: "owned",
          steps: [5],
          dependsOn: [names.resourceGroup],
          body: { location, tags: design.tags },
        },
        {
          id: names.roleAssignmentFor(storage.id, storageBlobDataContributor, names.flowLogIdentity),
          type: "Microsoft.Authorization/roleAssignments",
          ownership: "owned",
          steps: [5],
          dependsOn: [names.flowLogIdentity],
          body: {
            roleDefinitionId: names.inSubscriptionOf(storage.id, storageBlobDataContributor),
            principalId: names.flowLogIdentity,
            principalType: "ServicePrincipal",
          },
        },
      ]
    : [];
  return [
    ...networkWatcher(design),
    ...identity,
    {
      id: names.flowLog,
      type: "Microsoft.Network/networkWatchers/flowLogs",
      ownership: "owned",
      steps: [5],
      dependsOn: [names.virtualNetwork, names.networkWatcher, ...identity.map((resource) => resource.id)],
      body: {
        location,
        tags: design.tags,
        targetResourceId: names.virtualNetwork,
        storageId: storage.id,
        enabled: true,
        retentionDays: configuration.flowLogs.retentionDays,
        userAssignedIdentityId: ownIdentity ? names.flowLogIdentity : null,
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

/** Azure has one network watcher for each region of a subscription; one that stands is adopted, whatever its name. */
function networkWatcher(design: SpokeDesign): DesiredResource[] {
  const { names, request } = design;
  const standing = design.facts.networkWatcherId !== null;
  const common = { ownership: "shared", steps: [5] } as const;
  return [
    ...(standing
      ? []
      : [
          {
            ...common,
            id: names.networkWatcherResourceGroup,
            type: "Microsoft.Resources/resourceGroups" as const,
            dependsOn: [],
            body: { location: request.location, tags: {} },
          },
        ]),
    {
      ...common,
      id: names.networkWatcher,
      type: "Microsoft.Network/networkWatchers",
      dependsOn: standing ? [] : [names.networkWatcherResourceGroup],
      body: { location: request.location },
    },
  ];
}
