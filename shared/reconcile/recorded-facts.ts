import type { PlatformConfiguration } from "../domain/platform-configuration.ts";
import type { NetworkInterfaceFact, SpokeFacts } from "../domain/platform-facts.ts";
import { parseResourceId } from "../domain/resource-id.ts";
import type { RecordedResource, SpokeRecord } from "../domain/spoke-record.ts";

/**
 * The surroundings of a spoke as its last run found them, out of its record: with them the desired state of a spoke
 * that stands is known without a call to Azure.
 * @param networkInterfaces those that are known now
 */
export function recordedFacts(
  { request, resources }: Pick<SpokeRecord, "request" | "resources">,
  configuration: PlatformConfiguration,
  networkInterfaces: readonly NetworkInterfaceFact[] = [],
): SpokeFacts {
  const ofType = (type: RecordedResource["type"]) => resources.find((resource) => resource.type === type);
  const flowLog = ofType("Microsoft.Network/networkWatchers/flowLogs");
  const storageId = configuration.flowLogs.storageAccountIds[request.location];
  // An identity of the flow log's own was recorded exactly where the storage refused shared keys.
  const ownIdentity = resources.some(
    ({ type, id }) => type === "Microsoft.ManagedIdentity/userAssignedIdentities" && /-flowlog$/i.test(id),
  );
  return {
    multiFactor: null,
    networkWatcherId: flowLog === undefined ? null : parseResourceId(flowLog.id).parentId,
    systemTopicId: ofType("Microsoft.EventGrid/systemTopics")?.id ?? null,
    networkInterfaces,
    storageAccount:
      storageId === undefined
        ? null
        : {
            id: storageId,
            location: request.location,
            skuName: "Standard_LRS",
            allowSharedKeyAccess: !ownIdentity,
            allowBlobPublicAccess: false,
            supportsHttpsTrafficOnly: true,
            minimumTlsVersion: "TLS1_2",
            publicNetworkAccess: null,
            networkDefaultAction: null,
            requireInfrastructureEncryption: true,
          },
    virtualNetworks: [],
    subnets: [],
  };
}
