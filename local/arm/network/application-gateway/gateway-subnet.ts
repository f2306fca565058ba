import type { JsonObject } from "../../json.ts";
import type { Resource } from "../../resource.ts";
import { sameId } from "../../resource-id.ts";
import type { World, WriteContext } from "../../world.ts";
import { networkTypes } from "../back-references.ts";
import { usersOfSubnet } from "../ip-configurations.ts";
import { PrivateAddresses, prefixOf } from "../private-addresses.ts";
import { requireGatewayTraffic } from "../security-groups/gateway-traffic.ts";
import { requireKnownMembers } from "../stored-body.ts";
import { badRequest, missingMember } from "./gateway-errors.ts";
import { type GatewayPart, partsOf, readParts, requiredReference } from "./gateway-part.ts";
import { instancesOf } from "./gateway-sku.ts";

/** Names of subnets that Azure keeps for other services. */
const RESERVED_NAMES = ["GatewaySubnet", "AzureFirewallSubnet", "AzureBastionSubnet", "RouteServerSubnet"];
const DELEGATED_TO = "Microsoft.Network/applicationGateways";

/**
 * Reads the one IP configuration that puts the gateway into its subnet, and checks the subnet: only gateways stand in it, no
 * other service owns it, its security group and its routes let the gateway work.
 * Source: "Application Gateway infrastructure configuration".
 */
export function readGatewayIPConfigurations(
  context: WriteContext,
  properties: JsonObject,
): { readonly configurations: GatewayPart[]; readonly subnet: Resource } {
  const configurations = readParts(context, properties, "gatewayIPConfigurations", (part) => {
    requireKnownMembers(part.given, part.path, { modelled: ["subnet"] });
    return {
      subnet: { id: context.reference(requiredReference(part, "subnet").id, { type: networkTypes.subnet }).id },
    };
  });
  const [first] = configurations;
  if (first === undefined || configurations.length > 1) {
    throw first === undefined
      ? missingMember("gatewayIPConfigurations", context.id.id)
      : badRequest(
          "ApplicationGatewayOnlyOneGatewayIPConfiguration",
          `Application Gateway ${context.id.id} must have exactly one gateway IP configuration, it has ${configurations.length}.`,
        );
  }
  const subnet = context.world.get(subnetIdOf({ gatewayIPConfigurations: configurations }));
  if (subnet === undefined) throw new Error(`The subnet of ${context.id.id} vanished while it was read`);
  requireSameSubnet(context, subnet);
  requireDedicated(context.world, subnet, context.id.id);
  requireGatewayRoutes(context.world, subnet, context.id.id);
  const groupId = (subnet.body.properties.networkSecurityGroup as { id: string } | undefined)?.id;
  if (groupId !== undefined) {
    const rules = context.world.list(networkTypes.securityRule, groupId);
    requireGatewayTraffic(
      groupId,
      subnet.id,
      rules.map(({ name, body }) => ({ name, properties: body.properties })),
    );
  }
  return { configurations, subnet };
}

/** The ID of the subnet in which a stored gateway stands. */
export function subnetIdOf(properties: JsonObject): string {
  const [first] = partsOf(properties, "gatewayIPConfigurations");
  return String((first?.properties.subnet as { id?: unknown } | undefined)?.id);
}

/** A gateway moves to another subnet only while it is stopped, which local Azure does not model. */
function requireSameSubnet({ existing, id }: WriteContext, subnet: Resource): void {
  if (existing === undefined || sameId(subnetIdOf(existing.body.properties), subnet.id)) return;
  throw badRequest(
    "ApplicationGatewaySubnetCannotBeChanged",
    `The subnet of Application Gateway ${id.id} cannot be changed while the gateway is running.`,
  );
}

function requireDedicated(world: World, subnet: Resource, gatewayId: string): void {
  const foreign = usersOfSubnet(world, subnet.id).find(
    ({ ownerType }) => ownerType !== networkTypes.applicationGateway,
  );
  const delegated = delegationsOf(subnet).find((service) => service.toLowerCase() !== DELEGATED_TO.toLowerCase());
  const reserved = RESERVED_NAMES.some((name) => name.toLowerCase() === subnet.name.toLowerCase());
  if (foreign === undefined && delegated === undefined && !reserved) return;
  const reason = foreign
    ? `it contains ${foreign.id}; only application gateways can be in it`
    : delegated
      ? `it is delegated to ${delegated}`
      : "its name is reserved for another service";
  throw badRequest(
    "ApplicationGatewaySubnetCannotBeUsed",
    `Subnet ${subnet.id} cannot be used for application gateway ${gatewayId} since ${reason}.`,
  );
}

/** Whether the subnet is delegated to Application Gateway, which gateways with network isolation need. */
export function isDelegatedToGateways(subnet: Resource): boolean {
  return delegationsOf(subnet).some((service) => service.toLowerCase() === DELEGATED_TO.toLowerCase());
}

function delegationsOf(subnet: Resource): string[] {
  const delegations = (subnet.body.properties.delegations ?? []) as { properties: { serviceName: string } }[];
  return delegations.map(({ properties }) => properties.serviceName);
}

/**
 * Refuses a default route past the Internet in a v2 gateway's subnet (without network isolation).
 * @throws ArmError `ApplicationGatewaySubnetUserDefinedRouteNotAllowed`
 */
function requireGatewayRoutes(world: World, subnet: Resource, gatewayId: string): void {
  const tableId = (subnet.body.properties.routeTable as { id: string } | undefined)?.id;
  if (tableId === undefined) return;
  const diverted = world
    .list("Microsoft.Network/routeTables/routes", tableId)
    .some(
      ({ body: { properties } }) => properties.addressPrefix === "0.0.0.0/0" && properties.nextHopType !== "Internet",
    );
  if (!diverted) return;
  throw badRequest(
    "ApplicationGatewaySubnetUserDefinedRouteNotAllowed",
    `Route Table ${tableId} is associated to subnet ${subnet.id}, which contains V2 SKU Application Gateway ${gatewayId}. For routes associated to subnet containing Application Gateway V2, please ensure '0.0.0.0/0' uses NextHopType as 'Internet'.`,
  );
}

/**
 * Every instance takes a private address of the subnet, beside those of private frontends.
 * @param claimed addresses of the gateway's own private frontends
 * @throws ArmError `SubnetIsFull`
 */
export function requireRoom(
  context: WriteContext,
  subnet: Resource,
  instances: number,
  claimed: ReadonlyMap<string, string>,
): void {
  const others = context.world
    .referencesTo(subnet.id, networkTypes.applicationGateway)
    .filter(({ id }) => !sameId(id, context.id.id));
  const needed = others.reduce((sum, { body }) => sum + instancesOf(body.properties), instances);
  const addresses = new PrivateAddresses(context.world, subnet, context.id.id, claimed);
  if (addresses.free(needed).length === needed) return;
  throw badRequest(
    "SubnetIsFull",
    `Subnet ${subnet.name} with address prefix ${prefixOf(subnet)} does not have enough capacity for ${instances} IP addresses.`,
  );
}
