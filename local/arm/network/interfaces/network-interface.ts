import type { JsonObject } from "../../json.ts";
import type { ResourceBody } from "../../resource.ts";
import { sameId } from "../../resource-id.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { WriteContext } from "../../world.ts";
import { requireGatewayNearby } from "../application-gateway/gateway-pool-members.ts";
import { networkTypes } from "../back-references.ts";
import { defined, flagOf, objectOf, referenceOf, stringsOf } from "../json-value.ts";
import { topLevelType } from "../network-type.ts";
import { badRequest, notModelled } from "../refusals.ts";
import { requireReferencesNearby } from "../regional-references.ts";
import {
  requireOneVirtualNetwork,
  virtualNetworkOfSubnet,
  virtualNetworksOf,
} from "../security-groups/application-security-group-vnets.ts";
import { applicationSecurityGroupsOf } from "../security-groups/read-security-rule.ts";
import { requireKnownMembers, resourceGuidOf, storedBody } from "../stored-body.ts";
import { macAddressOf } from "./mac-address.ts";
import { type IpConfiguration, readIpConfigurations } from "./read-ip-configuration.ts";

const MEMBERS = {
  modelled: [
    "ipConfigurations",
    "networkSecurityGroup",
    "enableIPForwarding",
    "enableAcceleratedNetworking",
    "dnsSettings",
  ],
  readOnly: [
    "virtualMachine",
    "macAddress",
    "primary",
    "privateEndpoint",
    "privateLinkService",
    "hostedWorkloads",
    "tapConfigurations",
    "vnetEncryptionSupported",
    "defaultOutboundConnectivityEnabled",
    "dscpConfiguration",
    "nicType",
    "auxiliaryMode",
    "auxiliarySku",
    "disableTcpStateTracking",
  ],
  unmodelled: ["migrationPhase", "workloadType"],
};

export const networkInterface: ResourceType = {
  ...topLevelType,
  type: networkTypes.networkInterface,
  deletionOrder: 10,
  put: {
    operationName: "PutNicOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 4, update: 4 },
    prepare: (context, body) => {
      const properties = readNetworkInterface(context, body.properties);
      requireGroupsInOneNetwork(context, properties.ipConfigurations as IpConfiguration[]);
      const stored = storedBody(body, properties);
      requireNearby(context, stored);
      return stored;
    },
  },
  remove: {
    longRunning: "location",
    seconds: 4,
    check: (_context, existing) => {
      const machine = existing.body.properties.virtualMachine as { id: string } | undefined;
      if (!machine) return;
      throw badRequest(
        "NicInUse",
        `Network Interface ${existing.id} is used by existing resource ${machine.id}. In order to delete the network interface, it must be dissociated from the resource. To learn more, see aka.ms/deletenic.`,
      );
    },
  },
  actions: {
    effectiveNetworkSecurityGroups: { invoke: () => refuse("effective security rules") },
    effectiveRouteTable: { invoke: () => refuse("effective routes") },
  },
  // An interface has a hardware address while a machine has it.
  view: (document) =>
    document.properties.virtualMachine === undefined
      ? document
      : { ...document, properties: { ...document.properties, macAddress: macAddressOf(document.id) } },
};

function refuse(what: string): never {
  throw notModelled(what);
}

function readNetworkInterface(context: WriteContext, given: JsonObject): JsonObject {
  requireKnownMembers(given, "properties", MEMBERS);
  const groupId = referenceOf(given.networkSecurityGroup, "properties.networkSecurityGroup");
  const dnsSettings = objectOf(given.dnsSettings, "properties.dnsSettings");
  requireKnownMembers(dnsSettings, "properties.dnsSettings", {
    modelled: ["dnsServers"],
    readOnly: ["appliedDnsServers", "internalDomainNameSuffix", "internalFqdn"],
    unmodelled: ["internalDnsNameLabel"],
  });
  const flag = (member: string) => flagOf(given[member], `properties.${member}`, false);
  return defined({
    resourceGuid: resourceGuidOf(context.existing),
    ipConfigurations: readIpConfigurations(context, given.ipConfigurations),
    networkSecurityGroup: groupId && { id: context.reference(groupId, { type: networkTypes.networkSecurityGroup }).id },
    dnsSettings: {
      dnsServers: stringsOf(dnsSettings.dnsServers, "properties.dnsSettings.dnsServers"),
      appliedDnsServers: [],
    },
    enableAcceleratedNetworking: flag("enableAcceleratedNetworking"),
    enableIPForwarding: flag("enableIPForwarding"),
    vnetEncryptionSupported: false,
    disableTcpStateTracking: false,
    hostedWorkloads: [],
    tapConfigurations: [],
    nicType: "Standard",
    auxiliaryMode: "None",
    auxiliarySku: "None",
    // Compute attaches the interface to a machine; a PUT of the interface leaves that as it is.
    virtualMachine: context.existing?.body.properties.virtualMachine,
  });
}

/** A gateway's backend pool is no resource: the gateway's region counts for it. */
function requireNearby(context: WriteContext, stored: ResourceBody): void {
  const configurations = stored.properties.ipConfigurations as IpConfiguration[];
  const joined = configurations.map(({ properties: { applicationGatewayBackendAddressPools, ...resources } }) => {
    const pools = (applicationGatewayBackendAddressPools ?? []) as { id: string }[];
    for (const { id } of pools) requireGatewayNearby(context, id, stored.location);
    return { properties: resources };
  });
  requireReferencesNearby(context, { ...stored, properties: { ...stored.properties, ipConfigurations: joined } });
}

/** All interfaces of a group, and of all groups that one security rule names, are in one virtual network. */
function requireGroupsInOneNetwork(context: WriteContext, configurations: readonly IpConfiguration[]): void {
  for (const { properties } of configurations) {
    const own = virtualNetworkOfSubnet(properties.subnet.id).toLowerCase();
    const networksOf = (groupId: string) => virtualNetworksOf(context.world, groupId, context.id.id);
    for (const { id } of (properties.applicationSecurityGroups ?? []) as { id: string }[]) {
      const others = [...networksOf(id)].filter((network) => network !== own);
      if (others.length > 0) {
        throw badRequest(
          "AllIpConfigurationsInApplicationSecurityGroupMustBeFromSameVnet",
          `Network interface ${context.id.id} in virtual network ${own} cannot join application security group ${id}, whose IP configurations are in virtual network ${others.join(", ")}.`,
        );
      }
      for (const rule of context.world.referencesTo(id, networkTypes.securityRule)) {
        const siblings = applicationSecurityGroupsOf(rule.body.properties).filter((other) => !sameId(other, id));
        requireOneVirtualNetwork(rule.id, new Set([own, ...siblings.flatMap((sibling) => [...networksOf(sibling)])]));
      }
    }
  }
}
