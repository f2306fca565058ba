import type { JsonObject } from "../../json.ts";
import type { ResourceType } from "../../resource-type.ts";
import { backReferences, networkTypes } from "../back-references.ts";
import { defined, flagOf, integerOf, objectOf, stringsOf, wordOf } from "../json-value.ts";
import { topLevelType } from "../network-type.ts";
import { badRequest, notModelled } from "../refusals.ts";
import { requireReferencesNearby } from "../regional-references.ts";
import { requireKnownMembers, resourceGuidOf, storedBody } from "../stored-body.ts";
import { networkQueries } from "./address-queries.ts";
import { readAddressSpace } from "./address-space.ts";
import { requireConsistentSubnets } from "./consistent-subnets.ts";
import { makeNetworkWatcher } from "./make-network-watcher.ts";
import { disconnectPeeringsTo, requireNoOverlapWithPeers } from "./peering-counterpart.ts";
import { requireUnused } from "./subnet.ts";

const MEMBERS = {
  modelled: [
    "addressSpace",
    "subnets",
    "virtualNetworkPeerings",
    "dhcpOptions",
    "flowTimeoutInMinutes",
    "enableDdosProtection",
    "enableVmProtection",
    "privateEndpointVNetPolicies",
    "encryption",
  ],
  readOnly: ["flowLogs", "defaultPublicNatGateway"],
  unmodelled: ["ddosProtectionPlan", "bgpCommunities", "ipAllocations", "summarizedGatewayPrefixes"],
};

export const virtualNetwork: ResourceType = {
  ...topLevelType,
  type: networkTypes.virtualNetwork,
  deletionOrder: 50,
  put: {
    operationName: "PutVirtualNetworkOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 10, update: 5 },
    prepare: (context, body) =>
      storedBody(body, {
        resourceGuid: resourceGuidOf(context.existing),
        ...readVirtualNetwork(body.properties, context.id.id),
      }),
    checkWhole: (context, merged) => {
      requireConsistentSubnets(context, merged);
      requireReferencesNearby(context, merged);
      requireNoOverlapWithPeers(context, merged);
    },
    completed: (context) => makeNetworkWatcher(context),
  },
  remove: {
    longRunning: "location",
    seconds: 5,
    check: (context, existing) => {
      for (const subnet of context.world.list(networkTypes.subnet, existing.id)) requireUnused(context.world, subnet);
    },
    completed: (context) => disconnectPeeringsTo(context, context.id.id),
  },
  queries: networkQueries,
  view: (document, resource, world) => ({
    ...document,
    properties: defined({
      ...document.properties,
      flowLogs: backReferences(world, resource.id, networkTypes.flowLog),
    }),
  }),
};

function readVirtualNetwork(given: JsonObject, id: string): JsonObject {
  requireKnownMembers(given, "properties", MEMBERS);
  const dhcpOptions = objectOf(given.dhcpOptions, "properties.dhcpOptions");
  requireKnownMembers(dhcpOptions, "properties.dhcpOptions", { modelled: ["dnsServers"] });
  const flag = (member: string) => flagOf(given[member], `properties.${member}`, false);
  if (flag("enableDdosProtection")) throw notModelled("DDoS protection plans");
  const minutes = integerOf(given.flowTimeoutInMinutes, "properties.flowTimeoutInMinutes", 4);
  if (minutes < 4 || minutes > 30) {
    throw badRequest(
      "InvalidFlowTimeoutInMinutes",
      `Virtual network ${id} has an invalid flowTimeoutInMinutes ${minutes}. The allowed range is 4-30.`,
    );
  }
  return defined({
    addressSpace: readAddressSpace(given, id),
    dhcpOptions:
      given.dhcpOptions === undefined
        ? undefined
        : { dnsServers: stringsOf(dhcpOptions.dnsServers, "properties.dhcpOptions.dnsServers") },
    flowTimeoutInMinutes: given.flowTimeoutInMinutes === undefined ? undefined : minutes,
    encryption: readEncryption(given),
    privateEndpointVNetPolicies: wordOf(
      given.privateEndpointVNetPolicies,
      "properties.privateEndpointVNetPolicies",
      ["Disabled", "Basic"],
      "Disabled",
    ),
    enableDdosProtection: false,
    enableVmProtection: given.enableVmProtection === undefined ? undefined : flag("enableVmProtection"),
  });
}

function readEncryption(given: JsonObject): JsonObject | undefined {
  if (given.encryption === undefined || given.encryption === null) return undefined;
  const encryption = objectOf(given.encryption, "properties.encryption");
  requireKnownMembers(encryption, "properties.encryption", { modelled: ["enabled", "enforcement"] });
  return {
    enabled: flagOf(encryption.enabled, "properties.encryption.enabled", false),
    enforcement: wordOf(
      encryption.enforcement,
      "properties.encryption.enforcement",
      ["AllowUnencrypted", "DropUnencrypted"],
      "AllowUnencrypted",
    ),
  };
}
