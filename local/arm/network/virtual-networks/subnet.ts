import type { Resource } from "../../resource.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { World, WriteContext } from "../../world.ts";
import { networkTypes } from "../back-references.ts";
import { usersOfSubnet } from "../ip-configurations.ts";
import { defined } from "../json-value.ts";
import { childType } from "../network-type.ts";
import { prefixOf } from "../private-addresses.ts";
import { badRequest } from "../refusals.ts";
import { hasGatewayOfVersion2, requireGatewayTraffic } from "../security-groups/gateway-traffic.ts";
import type { NamedRule } from "../security-groups/rule-set.ts";
import { storedBody } from "../stored-body.ts";
import { readSubnet } from "./read-subnet.ts";

/** From this api-version on, a virtual network's PUT without `subnets` leaves them alone; before, it removed them. */
const KEPT_SINCE = "2023-09-01";

/** Subnets, written with their virtual network or by their own URL. */
export const subnet: ResourceType = {
  ...childType,
  type: networkTypes.subnet,
  inline: {
    property: "subnets",
    whenAbsent: (apiVersion) => (apiVersion < KEPT_SINCE ? "remove" : "keep"),
  },
  put: {
    operationName: "PutSubnetOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 4, update: 4 },
    prepare: (context, body) => {
      const properties = readSubnet(context, body.properties);
      requireSamePrefixWhileUsed(context, properties);
      const groupId = (properties.networkSecurityGroup as { id: string } | undefined)?.id;
      if (groupId !== undefined && hasGatewayOfVersion2(context.world, context.id.id)) {
        requireGatewayTraffic(groupId, context.id.id, rulesOf(context.world, groupId));
      }
      return storedBody(body, properties);
    },
  },
  remove: { longRunning: "location", seconds: 4, check: (context, existing) => requireUnused(context.world, existing) },
  view: (document, resource, world) => {
    const users = usersOfSubnet(world, resource.id);
    const ofGateways = users.filter((user) => user.ownerType === networkTypes.applicationGateway);
    const others = users.filter((user) => user.ownerType !== networkTypes.applicationGateway);
    const ids = (list: typeof users) => (list.length > 0 ? list.map(({ id }) => ({ id })) : undefined);
    return {
      ...document,
      properties: defined({
        ...document.properties,
        ipConfigurations: ids(others),
        applicationGatewayIPConfigurations: ids(ofGateways),
      }),
    };
  },
};

/** @throws ArmError `InUseSubnetCannotBeDeleted` while an IP configuration stands in the subnet */
export function requireUnused(world: World, existing: Resource): void {
  const [user] = usersOfSubnet(world, existing.id);
  if (user) {
    throw badRequest(
      "InUseSubnetCannotBeDeleted",
      `Subnet ${existing.name} is in use by ${user.id} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
    );
  }
}

function requireSamePrefixWhileUsed(context: WriteContext, properties: Record<string, unknown>): void {
  const { existing } = context;
  if (!existing || usersOfSubnet(context.world, existing.id).length === 0) return;
  const present = prefixOf(existing);
  const wanted = properties.addressPrefix ?? (properties.addressPrefixes as string[])[0];
  if (present !== wanted) {
    throw badRequest(
      "InUsePrefixCannotBeDeleted",
      `IpPrefix ${present} on Subnet ${existing.name} has active allocations and cannot be deleted.`,
    );
  }
}

function rulesOf(world: World, groupId: string): NamedRule[] {
  return world
    .list(networkTypes.securityRule, groupId)
    .map((rule) => ({ name: rule.name, properties: rule.body.properties }));
}
