import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createAzurePorts } from "../../../shared/azure/azure-ports.ts";
import type { AzurePorts, ResourcePort } from "../../../shared/azure/ports.ts";
import type { DesiredResource, ResourceType, SubnetBody } from "../../../shared/domain/resource.ts";
import {
  appPrincipal,
  firstGroup,
  firstSubscription,
  type LocalAzure,
  platformSubscription,
  startLocalAzure,
} from "../arm/local-azure.ts";
import { desired, location, networkId, resourceGroupId, settingsFor, tags } from "./ports-under-test.ts";

const platform = `/subscriptions/${platformSubscription}/resourceGroups`;
const hub = `${platform}/rg-hub-westeurope/providers/Microsoft.Network`;
const storageId = `${platform}/rg-platform-logs/providers/Microsoft.Storage/storageAccounts/stflowlogswe`;
const workspaceResourceId = `${platform}/rg-platform-logs/providers/Microsoft.OperationalInsights/workspaces/law-platform`;

let azure: LocalAzure;
let ports: AzurePorts;

beforeAll(async () => {
  azure = await startLocalAzure({ rolesDir: join(import.meta.dirname, "../../../infra/roles") });
  // As App Service sets them for the app's own identity, which the credential chain of the SDK then uses.
  vi.stubEnv("IDENTITY_ENDPOINT", String(azure.ready.identityEndpoint));
  vi.stubEnv("IDENTITY_HEADER", String(azure.ready.identityHeader));
  vi.stubEnv("AZURE_CLIENT_ID", "44444444-4444-4444-4444-444444444444");
  vi.stubEnv("AZURE_TOKEN_CREDENTIALS", "ManagedIdentityCredential");
  ports = createAzurePorts(settingsFor(azure));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await azure.stop();
});

const group = "rg-orders-prod";
const network = networkId(group, "virtualNetworks", "vnet-orders-prod");
const nsg = networkId(group, "networkSecurityGroups", "nsg-orders-prod-app");
const asg = networkId(group, "applicationSecurityGroups", "asg-orders-prod-app");
const table = networkId(group, "routeTables", "rt-orders-prod");
const balancer = networkId(group, "loadBalancers", "lbi-orders-prod-app");
const events = `${platform}/rg-platform-logs/providers/Microsoft.Storage/storageAccounts/stspokeevents`;
const queue = `${events}/queueServices/default/queues/network-changes`;
const deadLetters = `${events}/blobServices/default/containers/network-changes-dead`;
const topic = `${resourceGroupId("zero-trust-shared")}/providers/Microsoft.EventGrid/systemTopics/evgt-zero-trust`;
const identity = `${resourceGroupId(group)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-orders-prod-flowlog`;
const address = networkId(group, "publicIPAddresses", "pip-orders-prod");
const gateway = networkId(group, "natGateways", "ng-orders-prod");
const ipGroup = `${hub}/ipGroups/ipg-zero-trust-spokes`;

function role(subscription: string, guid: string): string {
  return `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
}
function assignment(scope: string): string {
  return `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
}
const subnet: SubnetBody = {
  name: "snet-app",
  addressPrefix: "10.20.0.0/26",
  networkSecurityGroupId: nsg,
  routeTableId: table,
  natGatewayId: null,
  defaultOutboundAccess: false,
  privateEndpointNetworkPolicies: "Enabled",
};
const peering = (local: string, remote: string, name: string, peeringState: string | null) =>
  desired("Microsoft.Network/virtualNetworks/virtualNetworkPeerings", `${local}/virtualNetworkPeerings/${name}`, {
    remoteVirtualNetworkId: remote,
    allowVirtualNetworkAccess: true,
    allowForwardedTraffic: true,
    allowGatewayTransit: false,
    useRemoteGateways: false,
    peeringState,
    knowsRemoteAddressSpace: true,
  });

/** A spoke with one resource of nearly every type, in the order in which they need one another. */
function spoke(networkWatcherId: string): DesiredResource[] {
  const hubNetwork = `${hub}/virtualNetworks/vnet-hub-westeurope`;
  return [
    desired("Microsoft.Resources/resourceGroups", resourceGroupId(group), { location, tags }),
    desired("Microsoft.Authorization/roleAssignments", assignment(resourceGroupId(group)), {
      roleDefinitionId: role(firstSubscription, "4d97b98b-1d4f-4787-a291-c67834d212e7"),
      principalId: firstGroup,
      principalType: "Group",
    }),
    desired(
      "Microsoft.Insights/diagnosticSettings",
      `/subscriptions/${firstSubscription}/providers/Microsoft.Insights/diagnosticSettings/zero-trust-activity`,
      { workspaceId: workspaceResourceId, storageAccountId: storageId, categories: ["Administrative", "Security"] },
    ),
    desired("Microsoft.Network/applicationSecurityGroups", asg, { location, tags }),
    desired("Microsoft.Network/networkSecurityGroups", nsg, {
      location,
      tags,
      securityRules: [
        {
          name: "Allow-App-VM-to-App-VM-Inbound",
          description: "",
          priority: 105,
          direction: "Inbound",
          access: "Allow",
          protocol: "Tcp",
          sourceAddressPrefixes: [],
          sourceApplicationSecurityGroupIds: [asg],
          sourcePortRanges: ["*"],
          destinationAddressPrefixes: [],
          destinationApplicationSecurityGroupIds: [asg],
          destinationPortRanges: ["443"],
        },
      ],
    }),
    desired("Microsoft.Network/routeTables", table, {
      location,
      tags,
      disableBgpRoutePropagation: true,
      routes: [
        { name: "default", addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance", nextHopIpAddress: "10.0.0.4" },
      ],
    }),
    desired("Microsoft.Network/publicIPAddresses", address, { location, tags, zones: [] }),
    desired("Microsoft.Network/natGateways", gateway, { location, tags, publicIpAddressIds: [address] }),
    desired("Microsoft.Network/virtualNetworks", network, {
      location,
      tags,
      addressPrefixes: ["10.20.0.0/22"],
      dnsServers: ["10.0.3.4"],
      subnets: [subnet],
    }),
    peering(network, hubNetwork, "peer-orders-prod-to-hub", null),
    peering(hubNetwork, network, "peer-hub-to-orders-prod", "Connected"),
    desired("Microsoft.Network/loadBalancers", balancer, {
      location,
      tags,
      subnetId: `${network}/subnets/snet-app`,
      privateIpAddress: "10.20.0.4",
      port: 443,
    }),
    desired("Microsoft.ManagedIdentity/userAssignedIdentities", identity, { location, tags }),
    desired("Microsoft.Authorization/roleAssignments", assignment(storageId), {
      roleDefinitionId: role(platformSubscription, "ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
      principalId: identity,
      principalType: "ServicePrincipal",
    }),
    desired("Microsoft.Network/networkWatchers/flowLogs", `${networkWatcherId}/flowLogs/fl-orders-prod`, {
      location,
      tags,
      targetResourceId: network,
      storageId,
      enabled: true,
      retentionDays: 90,
      userAssignedIdentityId: identity,
      trafficAnalytics: {
        enabled: true,
        workspaceId: "88888888-8888-4888-8888-888888888888",
        workspaceResourceId,
        workspaceRegion: location,
        intervalMinutes: 10,
      },
    }),
    desired("Microsoft.Resources/resourceGroups", resourceGroupId("zero-trust-shared"), { location, tags: {} }),
    desired("Microsoft.EventGrid/systemTopics", topic, {
      source: `/subscriptions/${firstSubscription}`,
      identityType: "SystemAssigned",
    }),
    ...[
      [queue, "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a"],
      [deadLetters, "ba92f5b4-2d11-453d-a403-e96b0029c9fe"],
    ].map(([scope = "", guid = ""]) =>
      desired("Microsoft.Authorization/roleAssignments", assignment(scope), {
        roleDefinitionId: role(platformSubscription, guid),
        principalId: topic,
        principalType: "ServicePrincipal",
      }),
    ),
    desired("Microsoft.EventGrid/systemTopics/eventSubscriptions", `${topic}/eventSubscriptions/network-changes`, {
      storageAccountId: events,
      queueName: "network-changes",
      deadLetterContainer: "network-changes-dead",
      eventTypes: ["Microsoft.Resources.ResourceWriteSuccess"],
      operationNames: ["Microsoft.Network/networkSecurityGroups/write"],
      maxDeliveryAttempts: 30,
      timeToLiveInMinutes: 1440,
    }),
    desired("Microsoft.Network/ipGroups", ipGroup, { location, ipAddresses: ["10.20.0.0/22"] }),
    desired(
      "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
      `${hub}/firewallPolicies/afwp-hub-westeurope/ruleCollectionGroups/rcg-zero-trust-spokes`,
      {
        priority: 2000,
        networkRules: [
          {
            name: "spokes-dns",
            description: "",
            ipProtocols: ["TCP", "UDP"],
            sourceAddresses: [],
            sourceIpGroupIds: [ipGroup],
            destinationAddresses: ["10.0.3.4"],
            destinationPorts: ["53"],
          },
        ],
        applicationRules: [],
      },
    ),
  ];
}

test("the app's managed identity, with exactly the roles that are deployed, makes, reads and removes a spoke", async () => {
  const facts = () =>
    ports.facts.observeSpokeFacts({
      subscriptionId: firstSubscription,
      location,
      virtualNetworkId: network,
      storageAccountId: storageId,
      withSystemTopic: true,
    });
  // Azure makes the region's watcher with the first network.
  const watcher = `/subscriptions/${firstSubscription}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_${location}`;
  const resources = spoke(watcher);
  for (const resource of resources) {
    const port = ports.resources[resource.type] as ResourcePort<ResourceType>;
    await port.write(resource, await port.observe(resource));
    expect((await port.observe(resource))?.body, resource.id).toMatchObject(resource.body);
  }
  expect(await facts()).toMatchObject({ storageAccount: { id: storageId }, subnets: [{ name: "snet-app" }] });
  expect((await facts()).networkWatcherId?.toLowerCase()).toBe(watcher.toLowerCase());
  expect(await ports.directory.lookUpSecurityGroup(firstGroup)).toMatchObject({ kind: "security-group" });

  const removable = resources.filter(
    ({ type }) => !/ipGroups|ruleCollectionGroups|diagnosticSettings|roleAssignments|EventGrid/.test(type),
  );
  for (const resource of removable.toReversed()) {
    const port = ports.resources[resource.type] as ResourcePort<ResourceType>;
    await port.remove(resource.id);
    expect(await port.observe(resource), resource.id).toBeNull();
  }
});

describe("what the app's roles do not permit", () => {
  const owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
  const networkManagement = "5f1d9a3e-6c4b-4e0a-9b57-2d8c1e7f4a60";
  const networkContributor = "4d97b98b-1d4f-4787-a291-c67834d212e7";
  const blobContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
  const queueSender = "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a";
  const user = "77777777-7777-4777-8777-000000000001";
  const application = "33333333-3333-4333-8333-000000000001";
  const groupId = resourceGroupId("rg-restricted");
  const wholeSubscription = `/subscriptions/${firstSubscription}`;
  const api = "api-version=2022-04-01";

  const assign = async (as: string | undefined, scope: string, guid: string, principalId: string, type: string) => {
    const id = assignment(scope);
    const roleDefinitionId = role(scope.split("/")[2] ?? "", guid);
    const properties = { roleDefinitionId, principalId, principalType: type };
    const answer = await azure.request("PUT", `${id}?${api}`, { properties }, as === undefined ? {} : { as });
    return { id, status: answer.status };
  };
  const remove = async (id: string) =>
    (await azure.request("DELETE", `${id}?${api}`, undefined, { as: appPrincipal })).status;

  beforeAll(async () => {
    await azure.resources().resourceGroups.createOrUpdate("rg-restricted", { location });
    await azure.authorization().roleDefinitions.createOrUpdate(wholeSubscription, networkManagement, {
      roleName: "Network Management",
      permissions: [{ actions: ["Microsoft.Network/*"] }],
      assignableScopes: [wholeSubscription],
    });
  });

  test.each([
    ["Owner to itself", groupId, owner, appPrincipal, "ServicePrincipal"],
    ["Owner to a group", groupId, owner, firstGroup, "Group"],
    ["Owner on the whole subscription", wholeSubscription, owner, appPrincipal, "ServicePrincipal"],
    ["a network role to a user", groupId, networkContributor, user, "User"],
    ["a network role to an application", groupId, networkContributor, application, "ServicePrincipal"],
    ["a blob role in a spoke", groupId, blobContributor, application, "ServicePrincipal"],
    ["Owner of the logs", storageId, owner, appPrincipal, "ServicePrincipal"],
    ["a blob role to a group", storageId, blobContributor, firstGroup, "Group"],
    ["the queue's role to an application of others' accounts", storageId, queueSender, application, "ServicePrincipal"],
    ["the queue's role to a group", queue, queueSender, firstGroup, "Group"],
    ["Owner of the events' storage", events, owner, appPrincipal, "ServicePrincipal"],
    ["the queue's role in a spoke", groupId, queueSender, application, "ServicePrincipal"],
    ["a network role where the logs are", storageId, networkContributor, firstGroup, "Group"],
    [
      "a blob role outside the logs' group",
      `${platform}/rg-hub-westeurope`,
      blobContributor,
      application,
      "ServicePrincipal",
    ],
  ])("to assign %s", async (_what, scope, guid, principalId, type) => {
    expect((await assign(appPrincipal, scope, guid, principalId, type)).status).toBe(403);
  });

  test.each([
    ["a network role of a group", groupId, networkContributor, firstGroup, "Group"],
    ["the custom network role of a group", groupId, networkManagement, firstGroup, "Group"],
    ["the blob role of an application", storageId, blobContributor, application, "ServicePrincipal"],
    ["the queue's role of an application", queue, queueSender, application, "ServicePrincipal"],
    ["the blob role on the dead letters", deadLetters, blobContributor, application, "ServicePrincipal"],
  ])("but it assigns and removes %s", async (_what, scope, guid, principalId, type) => {
    const { id, status } = await assign(appPrincipal, scope, guid, principalId, type);
    expect(status).toBe(201);
    expect(await remove(id)).toBe(200);
  });

  test("to remove assignments of other roles or to other principals", async () => {
    const ofOwner = await assign(undefined, groupId, owner, firstGroup, "Group");
    const ofUser = await assign(undefined, groupId, networkContributor, user, "User");
    for (const { id, status } of [ofOwner, ofUser]) {
      expect(status).toBe(201);
      expect(await remove(id)).toBe(403);
    }
  });

  test("to write storage other than the events', or to take a subscription's topic away", async () => {
    const as = { as: appPrincipal };
    const account = { location, kind: "StorageV2", sku: { name: "Standard_ZRS" }, properties: {} };
    expect((await azure.request("PUT", `${storageId}?api-version=2026-09-01`, account, as)).status).toBe(403);
    expect((await azure.request("DELETE", `${topic}?api-version=2022-06-15`, undefined, as)).status).toBe(403);
  });

  test("to read keys, peer or see anything in the platform's other groups", async () => {
    const other = `${platform}/rg-platform-other`;
    const platformNetwork = azure.network(platformSubscription);
    await azure.resources(platformSubscription).resourceGroups.createOrUpdate("rg-platform-other", { location });
    const account = { location, kind: "StorageV2", sku: { name: "Standard_LRS" } };
    await azure.storage(platformSubscription).storageAccounts.create("rg-platform-other", "stother", account);
    await platformNetwork.virtualNetworks.createOrUpdate("rg-platform-other", "vnet", {
      location,
      addressSpace: { addressPrefixes: ["10.250.0.0/16"] },
    });
    const as = { as: appPrincipal };
    const keys = `${other}/providers/Microsoft.Storage/storageAccounts/stother/listKeys?api-version=2026-09-01`;
    expect((await azure.request("POST", keys, undefined, as)).status).toBe(403);
    const foreign = `${other}/providers/Microsoft.Network/virtualNetworks/vnet?api-version=2026-01-01`;
    expect((await azure.request("GET", foreign, undefined, as)).status).toBe(403);
    expect(
      (await azure.request("GET", `${hub}/virtualNetworks/vnet-hub-westeurope?api-version=2026-01-01`, undefined, as))
        .status,
    ).toBe(200);
  });
});

test("a machine's interface with a public address and an NSG of its own joins the spoke's groups", async () => {
  const where = "rg-machines";
  await azure.resources().resourceGroups.createOrUpdate(where, { location });
  const client = azure.network();
  await client.virtualNetworks.createOrUpdate(where, "vnet", {
    location,
    addressSpace: { addressPrefixes: ["10.21.0.0/22"] },
    subnets: [{ name: "snet-app", addressPrefix: "10.21.0.0/26" }],
  });
  const ownGroup = await client.networkSecurityGroups.createOrUpdate(where, "nsg-machine", { location });
  const address = await client.publicIPAddresses.createOrUpdate(where, "pip-machine", {
    location,
    sku: { name: "Standard" },
    publicIPAllocationMethod: "Static",
  });
  const joined = await client.applicationSecurityGroups.createOrUpdate(where, "asg", { location });
  const subnetId = `${networkId(where, "virtualNetworks", "vnet")}/subnets/snet-app`;
  await client.networkInterfaces.createOrUpdate(where, "nic", {
    location,
    networkSecurityGroup: { id: ownGroup.id ?? "" },
    ipConfigurations: [{ name: "one", subnet: { id: subnetId }, publicIPAddress: { id: address.id ?? "" } }],
  });
  const type = "Microsoft.Network/networkInterfaces";
  const wanted = desired(type, networkId(where, "networkInterfaces", "nic"), {
    subnetId,
    applicationSecurityGroupIds: [joined.id ?? ""],
    loadBalancerBackendPoolIds: [],
  });
  await ports.resources[type].write(wanted, null);
  expect((await ports.resources[type].observe(wanted))?.body).toEqual(wanted.body);
});
