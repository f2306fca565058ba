import type { JsonObject } from "../../json.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { WriteContext } from "../../world.ts";
import { parseIpv4Range } from "../address-prefix.ts";
import { networkTypes } from "../back-references.ts";
import { defined, listOf, objectOf, referenceOf, textOf, wordOf } from "../json-value.ts";
import { topLevelType } from "../network-type.ts";
import { PrivateAddresses, prefixOf } from "../private-addresses.ts";
import { badRequest, missingMember } from "../refusals.ts";
import { requireReferencesNearby } from "../regional-references.ts";
import { requireKnownMembers, resourceGuidOf, storedBody } from "../stored-body.ts";

const MEMBERS = {
  modelled: ["sku", "firewallPolicy", "ipConfigurations", "threatIntelMode"],
  readOnly: ["hubIPAddresses", "ipGroups"],
  unmodelled: [
    "applicationRuleCollections",
    "natRuleCollections",
    "networkRuleCollections",
    "managementIpConfiguration",
    "virtualHub",
    "additionalProperties",
    "autoscaleConfiguration",
  ],
};
/** "Azure Firewall FAQ": the subnet is at least a /26. */
const LONGEST_SUBNET_PREFIX = 26;

/** Firewalls in a virtual network, ruled by a firewall policy. */
export const azureFirewall: ResourceType = {
  ...topLevelType,
  type: networkTypes.azureFirewall,
  deletionOrder: 20,
  put: {
    operationName: "PutAzureFirewallOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 300, update: 300 },
    prepare: (context, body) => {
      const given = body.properties;
      requireKnownMembers(given, "properties", MEMBERS);
      const sku = objectOf(given.sku, "properties.sku");
      const policy = referenceOf(given.firewallPolicy, "properties.firewallPolicy");
      const properties = defined({
        resourceGuid: resourceGuidOf(context.existing),
        sku: {
          name: wordOf(sku.name, "properties.sku.name", ["AZFW_VNet"], "AZFW_VNet"),
          tier: wordOf(sku.tier, "properties.sku.tier", ["Standard", "Premium"], "Standard"),
        },
        threatIntelMode: wordOf(given.threatIntelMode, "properties.threatIntelMode", ["Alert", "Deny", "Off"], "Alert"),
        firewallPolicy: policy && { id: context.reference(policy, { type: networkTypes.firewallPolicy }).id },
        ipConfigurations: readIpConfigurations(context, given.ipConfigurations),
      });
      const stored = storedBody(body, properties, ["zones"]);
      requireReferencesNearby(context, stored);
      return stored;
    },
    conflictDomains: (_context, body) => {
      const policy = body.properties.firewallPolicy as { id: string } | undefined;
      return policy ? [policy.id] : [];
    },
  },
  remove: { longRunning: "location", seconds: 300 },
};

function readIpConfigurations(context: WriteContext, given: unknown): JsonObject[] {
  return listOf(given, "properties.ipConfigurations").map((entry, index) => {
    const path = `properties.ipConfigurations[${index}]`;
    const configuration = objectOf(entry, path);
    const name = textOf(configuration.name, `${path}.name`);
    if (name === undefined) throw missingMember(`${path}.name`, context.id.id);
    const id = `${context.id.id}/azureFirewallIpConfigurations/${name}`;
    const properties = objectOf(configuration.properties, `${path}.properties`);
    requireKnownMembers(properties, `${path}.properties`, {
      modelled: ["subnet", "publicIPAddress"],
      readOnly: ["privateIPAddress", "privateIPAllocationMethod", "type"],
    });
    const publicIPAddress = referenceOf(properties.publicIPAddress, `${path}.publicIPAddress`);
    return {
      name,
      id,
      type: "Microsoft.Network/azureFirewalls/azureFirewallIpConfigurations",
      properties: defined({
        provisioningState: "Succeeded",
        ...readSubnet(context, properties, path, id),
        privateIPAllocationMethod: "Dynamic",
        publicIPAddress: publicIPAddress && {
          id: context.reference(publicIPAddress, { type: networkTypes.publicIPAddress }).id,
        },
      }),
    };
  });
}

function readSubnet(context: WriteContext, given: JsonObject, path: string, id: string): JsonObject {
  const subnetId = referenceOf(given.subnet, `${path}.subnet`);
  if (subnetId === undefined) return {};
  const subnet = context.reference(subnetId, { type: networkTypes.subnet });
  if (
    subnet.name !== "AzureFirewallSubnet" ||
    (parseIpv4Range(prefixOf(subnet))?.length ?? 32) > LONGEST_SUBNET_PREFIX
  ) {
    throw badRequest(
      "AzureFirewallSubnetInvalid",
      `Azure Firewall ${context.id.id} must stand in a subnet named AzureFirewallSubnet of at least /${LONGEST_SUBNET_PREFIX}, not in ${subnet.id}.`,
    );
  }
  type Stored = { id: string; properties: JsonObject };
  const present = ((context.existing?.body.properties.ipConfigurations ?? []) as Stored[]).find((one) => one.id === id);
  const addresses = new PrivateAddresses(context.world, subnet, context.id.id);
  const privateIPAddress = present?.properties.privateIPAddress ?? addresses.allocate(id);
  return { subnet: { id: subnet.id }, privateIPAddress };
}
