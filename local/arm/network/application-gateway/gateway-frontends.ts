import type { JsonObject } from "../../json.ts";
import type { Resource } from "../../resource.ts";
import { isWithin, sameId } from "../../resource-id.ts";
import type { WriteContext } from "../../world.ts";
import { networkTypes } from "../back-references.ts";
import { textOf, wordOf } from "../json-value.ts";
import { userOf } from "../load-balancing/public-ip-address.ts";
import { PrivateAddresses } from "../private-addresses.ts";
import { requireKnownMembers } from "../stored-body.ts";
import { badRequest, missingMember, notModelled } from "./gateway-errors.ts";
import { type GatewayPart, type GivenPart, integerBetween, partReference, readParts } from "./gateway-part.ts";
import { isDelegatedToGateways } from "./gateway-subnet.ts";
import { shownMembersOf } from "./part-references.ts";

/** "Application Gateway listener configuration": v2 takes ports up to 64999; 53 is not supported. */
const LAST_PORT = 64_999;

/**
 * Reads the frontends of a gateway: one public address, and beside it at most one private one in the gateway's subnet.
 * @param claimed gets the private addresses that are taken
 */
export function readFrontendIPConfigurations(
  context: WriteContext,
  properties: JsonObject,
  subnet: Resource,
  claimed: Map<string, string>,
): GatewayPart[] {
  const frontends = readParts(context, properties, "frontendIPConfigurations", (part) => {
    requireKnownMembers(part.given, part.path, {
      modelled: ["publicIPAddress", "subnet", "privateIPAddress", "privateIPAllocationMethod"],
      readOnly: shownMembersOf("frontendIPConfigurations"),
      unmodelled: ["privateLinkConfiguration"],
    });
    const address = partReference(part, "publicIPAddress");
    return address ? readPublic(context, part, address.id) : readPrivate(context, part, subnet, claimed);
  });
  const publicOnes = frontends.filter(({ properties: { publicIPAddress } }) => publicIPAddress !== undefined).length;
  const privateOnes = frontends.length - publicOnes;
  if (frontends.length === 0) throw missingMember("frontendIPConfigurations", context.id.id);
  if (publicOnes === 0) throw withoutPublicFrontend(context, subnet);
  if (publicOnes > 1 || privateOnes > 1) {
    throw badRequest(
      "ApplicationGatewayFrontendIPConfigurationCountExceeded",
      `Application Gateway ${context.id.id} can have one public and one private frontend IP configuration, it has ${publicOnes} and ${privateOnes}.`,
    );
  }
  return frontends;
}

function readPublic(context: WriteContext, part: GivenPart, addressId: string): JsonObject {
  if (partReference(part, "subnet") !== undefined) {
    throw badRequest(
      "ApplicationGatewayFrontendIPConfigurationBothPublicAndPrivate",
      `Frontend IP configuration ${part.id} can reference either a Subnet or a PublicIPAddress, not both.`,
    );
  }
  const address = context.reference(addressId, { type: networkTypes.publicIPAddress });
  const user = userOf(context.world, address);
  if (user !== undefined && !isWithin(user.id, context.id.id)) {
    throw badRequest(
      "PublicIPAddressInUse",
      `Resource ${part.id} is referencing public IP address ${address.id} that is already allocated to resource ${user.id}.`,
    );
  }
  return { privateIPAllocationMethod: "Dynamic", publicIPAddress: { id: address.id } };
}

function readPrivate(
  context: WriteContext,
  part: GivenPart,
  gatewaySubnet: Resource,
  claimed: Map<string, string>,
): JsonObject {
  const subnetId = partReference(part, "subnet")?.id;
  if (subnetId === undefined) {
    throw badRequest(
      "ApplicationGatewayFrontendIpConfigurationMustReferenceSubnetOrPublicIp",
      `Frontend IP configuration ${part.id} must reference either a Subnet or a PublicIPAddress.`,
    );
  }
  const subnet = context.reference(subnetId, { type: networkTypes.subnet });
  const method = `${part.path}.privateIPAllocationMethod`;
  const fixed = wordOf(part.given.privateIPAllocationMethod, method, ["Dynamic", "Static"], "Dynamic") === "Static";
  if (!sameId(subnet.id, gatewaySubnet.id) || !fixed) {
    throw badRequest(
      "ApplicationGatewayPrivateFrontendInvalid",
      `Private frontend IP configuration ${part.id} of a V2 SKU Application Gateway must have a Static address in the gateway's subnet ${gatewaySubnet.id}.`,
    );
  }
  const asked = textOf(part.given.privateIPAddress, `${part.path}.privateIPAddress`);
  if (asked === undefined) throw missingMember("privateIPAddress", part.id);
  const privateIPAddress = new PrivateAddresses(context.world, subnet, context.id.id, claimed).claim(asked, part.id);
  claimed.set(privateIPAddress, part.id);
  return { privateIPAllocationMethod: "Static", privateIPAddress, subnet: { id: subnet.id } };
}

/** A gateway without a public address runs with network isolation, in a subnet delegated to it. */
function withoutPublicFrontend(context: WriteContext, subnet: Resource): Error {
  if (isDelegatedToGateways(subnet)) return notModelled("Application Gateways with network isolation");
  return badRequest(
    "ApplicationGatewayNetworkIsolationRequiresSubnetDelegation",
    `Application Gateway ${context.id.id} with NetworkIsolation requires subnet delegation. Please delegate subnet ${subnet.id} to Microsoft.Network/applicationGateways.`,
  );
}

/** Reads the ports on which listeners listen; each number once. */
export function readFrontendPorts(context: WriteContext, properties: JsonObject): GatewayPart[] {
  const seen = new Map<number, string>();
  return readParts(context, properties, "frontendPorts", (part) => {
    requireKnownMembers(part.given, part.path, { modelled: ["port"], readOnly: shownMembersOf("frontendPorts") });
    const port = integerBetween(part, "port", 1, LAST_PORT, 0);
    const other = seen.get(port);
    if (other !== undefined || port === 53) {
      throw badRequest(
        "ApplicationGatewayFrontendPortInvalid",
        `Frontend port ${part.id} cannot use port ${port}: ${other === undefined ? "it is not supported" : `${other} has it`}.`,
      );
    }
    seen.set(port, part.id);
    return { port };
  });
}
