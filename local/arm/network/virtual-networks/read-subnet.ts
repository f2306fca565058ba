import type { JsonObject } from "../../json.ts";
import type { WriteContext } from "../../world.ts";
import { requireCanonicalPrefix } from "../address-prefix.ts";
import { networkTypes } from "../back-references.ts";
import { defined, flagOf, listOf, objectOf, referenceOf, stringsOf, textOf, wordOf } from "../json-value.ts";
import { badRequest, missingMember, notModelled } from "../refusals.ts";
import { requireKnownMembers } from "../stored-body.ts";

const MEMBERS = {
  modelled: [
    "addressPrefix",
    "addressPrefixes",
    "networkSecurityGroup",
    "routeTable",
    "natGateway",
    "serviceEndpoints",
    "delegations",
    "privateEndpointNetworkPolicies",
    "privateLinkServiceNetworkPolicies",
    "defaultOutboundAccess",
  ],
  readOnly: [
    "ipConfigurations",
    "ipConfigurationProfiles",
    "privateEndpoints",
    "resourceNavigationLinks",
    "serviceAssociationLinks",
    "applicationGatewayIPConfigurations",
    "purpose",
  ],
  unmodelled: [
    "serviceEndpointPolicies",
    "ipAllocations",
    "sharingScope",
    "ipamPoolPrefixAllocations",
    "serviceGateway",
  ],
};
const ENDPOINT_POLICIES = ["Disabled", "Enabled", "NetworkSecurityGroupEnabled", "RouteTableEnabled"] as const;
/** From this api-version on, a new subnet has no default outbound access unless the request says so. */
const PRIVATE_BY_DEFAULT_SINCE = "2025-07-01";

/**
 * Checks the properties of one subnet, follows its references and gives them back as Azure answers them.
 * @param context the write of the subnet
 */
export function readSubnet(context: WriteContext, subnet: JsonObject): JsonObject {
  const id = context.id.id;
  requireKnownMembers(subnet, "properties", MEMBERS);
  const join = (member: string, type: string) => {
    const target = referenceOf(subnet[member], `properties.${member}`);
    return target === undefined ? undefined : { id: context.reference(target, { type }).id };
  };
  return defined({
    ...readPrefix(subnet, id),
    networkSecurityGroup: join("networkSecurityGroup", networkTypes.networkSecurityGroup),
    routeTable: join("routeTable", networkTypes.routeTable),
    natGateway: join("natGateway", networkTypes.natGateway),
    serviceEndpoints: readServiceEndpoints(subnet),
    delegations: readDelegations(subnet, id),
    privateEndpointNetworkPolicies: wordOf(
      subnet.privateEndpointNetworkPolicies,
      "properties.privateEndpointNetworkPolicies",
      ENDPOINT_POLICIES,
      "Disabled",
    ),
    privateLinkServiceNetworkPolicies: wordOf(
      subnet.privateLinkServiceNetworkPolicies,
      "properties.privateLinkServiceNetworkPolicies",
      ["Enabled", "Disabled"],
      "Enabled",
    ),
    defaultOutboundAccess: readDefaultOutboundAccess(context, subnet),
  });
}

function readPrefix(subnet: JsonObject, id: string): JsonObject {
  const addressPrefix = textOf(subnet.addressPrefix, "properties.addressPrefix");
  const addressPrefixes = stringsOf(subnet.addressPrefixes, "properties.addressPrefixes");
  if (addressPrefixes.length > 1) throw notModelled("subnets with several address prefixes");
  const prefix = addressPrefix ?? addressPrefixes[0];
  if (prefix === undefined) throw missingMember("addressPrefix", id);
  if (addressPrefix !== undefined && addressPrefixes.length > 0 && addressPrefixes[0] !== addressPrefix) {
    throw badRequest(
      "AddressPrefixAndAddressPrefixesCannotBothBeSet",
      `Subnet ${id} cannot have different values in addressPrefix and addressPrefixes.`,
    );
  }
  requireCanonicalPrefix(prefix, id);
  return addressPrefix === undefined ? { addressPrefixes } : { addressPrefix };
}

function readServiceEndpoints(subnet: JsonObject): JsonObject[] | undefined {
  if (subnet.serviceEndpoints === undefined) return undefined;
  return listOf(subnet.serviceEndpoints, "properties.serviceEndpoints").map((entry, index) => {
    const path = `properties.serviceEndpoints[${index}]`;
    const endpoint = objectOf(entry, path);
    requireKnownMembers(endpoint, path, { modelled: ["service", "locations"], unmodelled: ["networkIdentifier"] });
    const locations = stringsOf(endpoint.locations, `${path}.locations`);
    const service = textOf(endpoint.service, `${path}.service`);
    if (service === undefined) throw missingMember(`${path}.service`, "subnet");
    return { provisioningState: "Succeeded", service, locations: locations.length > 0 ? locations : ["*"] };
  });
}

function readDelegations(subnet: JsonObject, id: string): JsonObject[] {
  return listOf(subnet.delegations, "properties.delegations").map((entry, index) => {
    const path = `properties.delegations[${index}]`;
    const delegation = objectOf(entry, path);
    const name = textOf(delegation.name, `${path}.name`);
    const properties = objectOf(delegation.properties, `${path}.properties`);
    const serviceName = textOf(properties.serviceName, `${path}.properties.serviceName`);
    if (name === undefined || serviceName === undefined) throw missingMember(`${path}.serviceName`, id);
    return {
      name,
      id: `${id}/delegations/${name}`,
      type: "Microsoft.Network/virtualNetworks/subnets/delegations",
      properties: { provisioningState: "Succeeded", serviceName },
    };
  });
}

function readDefaultOutboundAccess(context: WriteContext, subnet: JsonObject): boolean | undefined {
  const path = "properties.defaultOutboundAccess";
  if (subnet.defaultOutboundAccess !== undefined) return flagOf(subnet.defaultOutboundAccess, path, true);
  if (context.existing) return context.existing.body.properties.defaultOutboundAccess as boolean | undefined;
  return context.apiVersion >= PRIVATE_BY_DEFAULT_SINCE ? false : undefined;
}
