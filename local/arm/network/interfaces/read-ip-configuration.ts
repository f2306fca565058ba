import type { JsonObject } from "../../json.ts";
import type { WriteContext } from "../../world.ts";
import { joinGatewayPool } from "../application-gateway/gateway-pool-members.ts";
import { networkTypes } from "../back-references.ts";
import { defined, flagOf, listOf, objectOf, referenceOf, textOf, wordOf } from "../json-value.ts";
import { PrivateAddresses } from "../private-addresses.ts";
import { badRequest, missingMember, notModelled } from "../refusals.ts";
import { virtualNetworkOfSubnet } from "../security-groups/application-security-group-vnets.ts";
import { requireKnownMembers } from "../stored-body.ts";

const MEMBERS = {
  modelled: [
    "subnet",
    "privateIPAddress",
    "privateIPAllocationMethod",
    "privateIPAddressVersion",
    "primary",
    "publicIPAddress",
    "applicationSecurityGroups",
    "loadBalancerBackendAddressPools",
    "applicationGatewayBackendAddressPools",
  ],
  readOnly: ["privateLinkConnectionProperties"],
  unmodelled: [
    "gatewayLoadBalancer",
    "loadBalancerInboundNatRules",
    "virtualNetworkTaps",
    "privateIPAddressPrefixLength",
  ],
};
/** "Azure subscription and service limits": application security groups per IP configuration. */
const MAX_APPLICATION_SECURITY_GROUPS = 20;

/** A configuration of a network interface as it is stored. */
export interface IpConfiguration {
  readonly name: string;
  readonly id: string;
  readonly type: string;
  readonly properties: JsonObject & { readonly subnet: { readonly id: string }; readonly privateIPAddress: string };
}

/**
 * Checks the IP configurations of a network interface and gives each an address.
 * @param given the `ipConfigurations` of the request
 */
export function readIpConfigurations(context: WriteContext, given: unknown): IpConfiguration[] {
  const entries = listOf(given, "properties.ipConfigurations");
  if (entries.length === 0) {
    throw badRequest(
      "NetworkInterfaceMustHaveAtLeastOneIpConfiguration",
      `Network interface ${context.id.id} must have at least one IP configuration.`,
    );
  }
  const claimed = new Map<string, string>();
  const primary = entries.length === 1;
  const configurations = entries.map((entry, index) =>
    readIpConfiguration(context, objectOf(entry, `properties.ipConfigurations[${index}]`), index, claimed, primary),
  );
  requireOnePrimary(context, configurations);
  return configurations;
}

function readIpConfiguration(
  context: WriteContext,
  entry: JsonObject,
  index: number,
  claimed: Map<string, string>,
  onlyOne: boolean,
): IpConfiguration {
  const path = `properties.ipConfigurations[${index}]`;
  const name = textOf(entry.name, `${path}.name`);
  if (name === undefined) throw missingMember(`${path}.name`, context.id.id);
  const id = `${context.id.id}/ipConfigurations/${name}`;
  const given = objectOf(entry.properties, `${path}.properties`);
  requireKnownMembers(given, `${path}.properties`, MEMBERS);
  if (wordOf(given.privateIPAddressVersion, `${path}.privateIPAddressVersion`, ["IPv4", "IPv6"], "IPv4") === "IPv6") {
    throw notModelled("IPv6 IP configurations");
  }
  const references = (member: string, type: string, joinAction?: string) => {
    const ids = listOf(given[member], `${path}.${member}`).map((one) => referenceOf(one, `${path}.${member}`) ?? "");
    return ids.length === 0
      ? undefined
      : ids.map((target) => ({ id: context.reference(target, joinAction ? { type, joinAction } : { type }).id }));
  };
  const groups = references("applicationSecurityGroups", networkTypes.applicationSecurityGroup, "joinIpConfiguration");
  if (groups && groups.length > MAX_APPLICATION_SECURITY_GROUPS) {
    throw badRequest(
      "IpConfigurationApplicationSecurityGroupsLimitReached",
      `IP configuration ${id} names ${groups.length} application security groups. The maximum allowed is ${MAX_APPLICATION_SECURITY_GROUPS}.`,
    );
  }
  const publicIPAddress = referenceOf(given.publicIPAddress, `${path}.publicIPAddress`);
  return {
    name,
    id,
    type: "Microsoft.Network/networkInterfaces/ipConfigurations",
    properties: {
      provisioningState: "Succeeded",
      ...readAddress(context, given, path, id, claimed),
      primary: flagOf(given.primary, `${path}.primary`, onlyOne),
      privateIPAddressVersion: "IPv4",
      ...defined({
        publicIPAddress: publicIPAddress && {
          id: context.reference(publicIPAddress, { type: networkTypes.publicIPAddress }).id,
        },
        applicationSecurityGroups: groups,
        loadBalancerBackendAddressPools: references("loadBalancerBackendAddressPools", networkTypes.backendAddressPool),
        applicationGatewayBackendAddressPools: readGatewayPools(context, given, path),
      }),
    },
  };
}

function readGatewayPools(context: WriteContext, given: JsonObject, path: string): { id: string }[] | undefined {
  const member = `${path}.applicationGatewayBackendAddressPools`;
  const pools = listOf(given.applicationGatewayBackendAddressPools, member).map((one) => ({
    id: joinGatewayPool(context, referenceOf(one, member) ?? ""),
  }));
  return pools.length > 0 ? pools : undefined;
}

/** The subnet of a configuration and its address there; a dynamic address stays as long as the subnet does. */
function readAddress(
  context: WriteContext,
  given: JsonObject,
  path: string,
  id: string,
  claimed: Map<string, string>,
): { subnet: { id: string }; privateIPAddress: string; privateIPAllocationMethod: string } {
  const subnetId = referenceOf(given.subnet, `${path}.subnet`);
  if (subnetId === undefined) throw missingMember(`${path}.properties.subnet`, context.id.id);
  const subnet = context.reference(subnetId, { type: networkTypes.subnet });
  const method = wordOf(
    given.privateIPAllocationMethod,
    `${path}.privateIPAllocationMethod`,
    ["Dynamic", "Static"],
    "Dynamic",
  );
  const addresses = new PrivateAddresses(context.world, subnet, context.id.id, claimed);
  const asked = textOf(given.privateIPAddress, `${path}.privateIPAddress`);
  if (method === "Static" && asked === undefined) throw missingMember(`${path}.properties.privateIPAddress`, id);
  const present = addressNow(context, id, subnet.id);
  const wanted = method === "Static" ? asked : present;
  const privateIPAddress = wanted === undefined ? addresses.allocate(id) : addresses.claim(wanted, id);
  claimed.set(privateIPAddress, id);
  return { subnet: { id: subnet.id }, privateIPAddress, privateIPAllocationMethod: method };
}

function addressNow(context: WriteContext, id: string, subnetId: string): string | undefined {
  const stored = (context.existing?.body.properties.ipConfigurations ?? []) as IpConfiguration[];
  return stored.find((one) => one.id === id && one.properties.subnet.id === subnetId)?.properties.privateIPAddress;
}

function requireOnePrimary(context: WriteContext, configurations: readonly IpConfiguration[]): void {
  const primaries = configurations.filter(({ properties }) => properties.primary === true).length;
  if (primaries !== 1) {
    throw badRequest(
      "NetworkInterfaceMustHaveExactlyOnePrimaryIpConfiguration",
      `Network interface ${context.id.id} must have exactly one primary IP configuration, it has ${primaries}.`,
    );
  }
  const networks = new Set(
    configurations.map(({ properties }) => virtualNetworkOfSubnet(properties.subnet.id).toLowerCase()),
  );
  if (networks.size > 1) {
    throw badRequest(
      "IpConfigurationsOnSameNicCannotUseDifferentVnets",
      `IP configurations of network interface ${context.id.id} cannot be in different virtual networks.`,
    );
  }
}
