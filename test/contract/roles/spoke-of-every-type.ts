import { seedHubs } from "../../../local/arm/seed/seed-hubs.ts";
import { seedWorkspace } from "../../../local/arm/seed/seed-logs.ts";
import { seedProtection } from "../../../local/arm/seed/seed-protection.ts";
import type { DesiredResource, ResourceBodies, SecurityRuleBody, SubnetBody } from "../../../shared/domain/resource.ts";
import { firstGroup, firstSubscription, platformSubscription } from "../arm/local-azure.ts";
import { desired, location, networkId, resourceGroupId, tags } from "../azure/ports-under-test.ts";

const group = "rg-orders-prod";
const subscription = `/subscriptions/${firstSubscription}`;
const network = networkId(group, "virtualNetworks", "vnet-orders-prod");
const nsg = networkId(group, "networkSecurityGroups", "nsg-orders-prod-app");
const gatewayNsg = networkId(group, "networkSecurityGroups", "nsg-orders-prod-gateway");
const asg = networkId(group, "applicationSecurityGroups", "asg-orders-prod-app");
const table = networkId(group, "routeTables", "rt-orders-prod");
const address = networkId(group, "publicIPAddresses", "pip-orders-prod");
const gatewayAddress = networkId(group, "publicIPAddresses", "pip-orders-prod-gateway");
const natGateway = networkId(group, "natGateways", "ng-orders-prod");
const balancer = networkId(group, "loadBalancers", "lbi-orders-prod-app");
const firewallPolicy = networkId(group, "ApplicationGatewayWebApplicationFirewallPolicies", "waf-orders-prod");
const gateway = networkId(group, "applicationGateways", "agw-orders-prod");
const identityType = "Microsoft.ManagedIdentity/userAssignedIdentities";
const flowLogIdentity = `${resourceGroupId(group)}/providers/${identityType}/id-orders-prod-flowlog`;
const gatewayIdentity = `${resourceGroupId(group)}/providers/${identityType}/id-orders-prod-gateway`;
const topic = `${resourceGroupId("zero-trust-shared")}/providers/Microsoft.EventGrid/systemTopics/evgt-zero-trust`;
const watcher = `${subscription}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_${location}`;
const hub = seedHubs.find((one) => one.location === location)?.virtualNetworkId ?? "";
const inHub = hub.slice(0, hub.indexOf("/virtualNetworks/"));
const ipGroup = `${inHub}/ipGroups/ipg-zero-trust-spokes`;
const logs = `/subscriptions/${platformSubscription}/resourceGroups/rg-platform-logs/providers`;
const storageId = `${logs}/Microsoft.Storage/storageAccounts/stflowlogswe`;
// Away from the logs, so that the role of the events counts alone.
const events = `/subscriptions/${platformSubscription}/resourceGroups/rg-platform-events/providers/Microsoft.Storage/storageAccounts/stroleevents`;
const queue = `${events}/queueServices/default/queues/${seedProtection.eventQueue}`;
const deadLetters = `${events}/blobServices/default/containers/${seedProtection.deadEventContainer}`;

/** Ids of what the resources below refer to. */
export const stageIds = {
  group,
  network,
  nsg,
  asg,
  balancer,
  gateway,
  watcher,
  topic,
  storageId,
  events,
  queue,
  deadLetters,
};

const subnet = (name: string, addressPrefix: string, more: Partial<SubnetBody>): SubnetBody => ({
  name,
  addressPrefix,
  networkSecurityGroupId: nsg,
  routeTableId: table,
  natGatewayId: null,
  defaultOutboundAccess: false,
  privateEndpointNetworkPolicies: "Enabled",
  ...more,
});
const inbound = (name: string, priority: number, more: Partial<SecurityRuleBody>): SecurityRuleBody => ({
  name,
  description: "",
  priority,
  direction: "Inbound",
  access: "Allow",
  protocol: "*",
  sourceAddressPrefixes: [],
  sourceApplicationSecurityGroupIds: [],
  sourcePortRanges: ["*"],
  destinationAddressPrefixes: ["*"],
  destinationApplicationSecurityGroupIds: [],
  destinationPortRanges: ["443"],
  ...more,
});
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
/** A role of a principal; names of assignments are unique in the tenant. */
function assignment(
  number: number,
  scope: string,
  guid: string,
  principalId: string,
  principalType: "Group" | "ServicePrincipal",
) {
  const type = "Microsoft.Authorization/roleAssignments";
  const roleDefinitionId = `/subscriptions/${scope.split("/")[2]}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
  const id = `${scope}/providers/${type}/00000000-0000-4000-8000-00000000000${number}`;
  return desired(type, id, { roleDefinitionId, principalId, principalType });
}

/** A published spoke with one resource of every type that the app writes, in the order in which they need one another. */
export const spokeResources = {
  group: desired("Microsoft.Resources/resourceGroups", resourceGroupId(group), { location, tags }),
  managers: assignment(1, resourceGroupId(group), "4d97b98b-1d4f-4787-a291-c67834d212e7", firstGroup, "Group"),
  activityLog: desired(
    "Microsoft.Insights/diagnosticSettings",
    `${subscription}/providers/Microsoft.Insights/diagnosticSettings/zero-trust-activity`,
    { workspaceId: seedWorkspace.id, storageAccountId: storageId, categories: ["Administrative", "Security"] },
  ),
  asg: desired("Microsoft.Network/applicationSecurityGroups", asg, { location, tags }),
  nsg: desired("Microsoft.Network/networkSecurityGroups", nsg, {
    location,
    tags,
    securityRules: [
      inbound("Allow-App-VM-to-App-VM-Inbound", 105, {
        sourceApplicationSecurityGroupIds: [asg],
        destinationAddressPrefixes: [],
        destinationApplicationSecurityGroupIds: [asg],
      }),
    ],
  }),
  // The rules without which Azure refuses the security group of a gateway's subnet (traps 15 and 16).
  gatewayNsg: desired("Microsoft.Network/networkSecurityGroups", gatewayNsg, {
    location,
    tags,
    securityRules: [
      inbound("Allow-GatewayManager", 100, {
        sourceAddressPrefixes: ["GatewayManager"],
        destinationPortRanges: ["65200-65535"],
      }),
      inbound("Allow-Probe-to-Gateway", 110, {
        sourceAddressPrefixes: ["AzureLoadBalancer"],
        destinationPortRanges: ["*"],
      }),
      inbound("Allow-Internet-to-Gateway", 120, { sourceAddressPrefixes: ["Internet"] }),
    ],
  }),
  routeTable: desired("Microsoft.Network/routeTables", table, {
    location,
    tags,
    disableBgpRoutePropagation: true,
    routes: [
      { name: "default", addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance", nextHopIpAddress: "10.0.0.4" },
    ],
  }),
  address: desired("Microsoft.Network/publicIPAddresses", address, { location, tags, zones: [] }),
  natGateway: desired("Microsoft.Network/natGateways", natGateway, { location, tags, publicIpAddressIds: [address] }),
  network: desired("Microsoft.Network/virtualNetworks", network, {
    location,
    tags,
    addressPrefixes: ["10.20.0.0/22"],
    dnsServers: ["10.0.3.4"],
    subnets: [
      subnet("snet-app", "10.20.0.0/26", { natGatewayId: natGateway }),
      subnet("snet-gateway", "10.20.3.0/24", { networkSecurityGroupId: gatewayNsg, routeTableId: null }),
    ],
  }),
  peering: peering(network, hub, "peer-orders-prod-to-hub", null),
  hubPeering: peering(hub, network, "peer-hub-to-orders-prod", "Connected"),
  balancer: desired("Microsoft.Network/loadBalancers", balancer, {
    location,
    tags,
    subnetId: `${network}/subnets/snet-app`,
    privateIpAddress: "10.20.0.4",
    port: 443,
  }),
  gatewayAddress: desired("Microsoft.Network/publicIPAddresses", gatewayAddress, {
    location,
    tags,
    zones: ["1", "2", "3"],
  }),
  firewallPolicy: desired("Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies", firewallPolicy, {
    location,
    tags,
    state: "Enabled",
    mode: "Prevention",
    requestBodyCheck: true,
    managedRuleSets: ["Microsoft_DefaultRuleSet 2.2"],
  }),
  gatewayIdentity: desired(identityType, gatewayIdentity, { location, tags }),
  vaultRole: assignment(
    2,
    seedProtection.vault,
    "4633458b-17de-408a-b874-0445c86b69e6",
    gatewayIdentity,
    "ServicePrincipal",
  ),
  gateway: desired("Microsoft.Network/applicationGateways", gateway, {
    location,
    tags,
    zones: ["1", "2", "3"],
    minimumCapacity: 0,
    maximumCapacity: 10,
    subnetId: `${network}/subnets/snet-gateway`,
    publicIpAddressId: gatewayAddress,
    userAssignedIdentityId: gatewayIdentity,
    firewallPolicyId: firewallPolicy,
    certificateSecretId: "https://kv-platform.vault.azure.net/secrets/orders",
    sslPolicyName: "AppGwSslPolicy20220101",
    hostName: "orders.contoso.com",
    backendAddresses: [],
    backendPort: 443,
    probePath: "/healthz",
  }),
  zoneLink: desired(
    "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    `${seedProtection.privateDnsZone}/virtualNetworkLinks/link-orders-prod`,
    { tags, virtualNetworkId: network, registrationEnabled: false },
  ),
  plan: desired(
    "Microsoft.Security/pricings",
    `${subscription}/providers/Microsoft.Security/pricings/VirtualMachines`,
    { pricingTier: "Standard", subPlan: "P2" },
  ),
  securityContact: desired(
    "Microsoft.Security/securityContacts",
    `${subscription}/providers/Microsoft.Security/securityContacts/default`,
    { emails: ["security@contoso.com"], phone: null, minimalSeverity: "Medium", notifiedRoles: ["Owner"] },
  ),
  alert: desired(
    "Microsoft.Insights/activityLogAlerts",
    `${resourceGroupId(group)}/providers/Microsoft.Insights/activityLogAlerts/alert-orders-prod`,
    {
      tags,
      enabled: true,
      scopes: [resourceGroupId(group)],
      operationNames: ["Microsoft.Network/networkSecurityGroups/write"],
      actionGroupIds: [seedProtection.actionGroup],
    },
  ),
  flowLogIdentity: desired(identityType, flowLogIdentity, { location, tags }),
  storageRole: assignment(3, storageId, "ba92f5b4-2d11-453d-a403-e96b0029c9fe", flowLogIdentity, "ServicePrincipal"),
  // Azure makes the region's watcher with the first network.
  watcher: desired("Microsoft.Network/networkWatchers", watcher, { location }),
  flowLog: desired("Microsoft.Network/networkWatchers/flowLogs", `${watcher}/flowLogs/fl-orders-prod`, {
    location,
    tags,
    targetResourceId: network,
    storageId,
    enabled: true,
    retentionDays: 90,
    userAssignedIdentityId: flowLogIdentity,
    trafficAnalytics: {
      enabled: true,
      workspaceId: "88888888-8888-4888-8888-888888888888",
      workspaceResourceId: seedWorkspace.id,
      workspaceRegion: location,
      intervalMinutes: 10,
    },
  }),
  sharedGroup: desired("Microsoft.Resources/resourceGroups", resourceGroupId("zero-trust-shared"), {
    location,
    tags: {},
  }),
  topic: desired("Microsoft.EventGrid/systemTopics", topic, { source: subscription, identityType: "SystemAssigned" }),
  queueRole: assignment(4, queue, "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a", topic, "ServicePrincipal"),
  deadLetterRole: assignment(5, deadLetters, "ba92f5b4-2d11-453d-a403-e96b0029c9fe", topic, "ServicePrincipal"),
  eventSubscription: desired(
    "Microsoft.EventGrid/systemTopics/eventSubscriptions",
    `${topic}/eventSubscriptions/network-changes`,
    {
      storageAccountId: events,
      queueName: seedProtection.eventQueue,
      eventTypes: ["Microsoft.Resources.ResourceWriteSuccess"],
      operationNames: ["Microsoft.Network/networkSecurityGroups/write"],
      deadLetterContainer: seedProtection.deadEventContainer,
      maxDeliveryAttempts: 30,
      timeToLiveInMinutes: 1440,
    },
  ),
  ipGroup: desired("Microsoft.Network/ipGroups", ipGroup, { location, ipAddresses: ["10.20.0.0/22"] }),
  firewallRules: desired(
    "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
    `${inHub}/firewallPolicies/afwp-hub-${location}/ruleCollectionGroups/rcg-zero-trust-spokes`,
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
} as const satisfies Readonly<Record<string, DesiredResource>>;

export type StageResource = keyof typeof spokeResources;

const machineSubnet = `${network}/subnets/snet-app`;
const interfaceBody: ResourceBodies["Microsoft.Network/networkInterfaces"] = {
  subnetId: machineSubnet,
  applicationSecurityGroupIds: [asg],
  loadBalancerBackendPoolIds: [`${balancer}/backendAddressPools/backend`],
};
/** An interface that others made in the spoke, with what shall become of it. */
export const machineInterface = desired(
  "Microsoft.Network/networkInterfaces",
  networkId(group, "networkInterfaces", "nic-orders-prod"),
  interfaceBody,
);
