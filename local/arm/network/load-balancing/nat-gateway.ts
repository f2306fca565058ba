import type { ResourceType } from "../../resource-type.ts";
import { backReferences, networkTypes } from "../back-references.ts";
import { defined, integerOf, listOf, objectOf, referenceOf, wordOf } from "../json-value.ts";
import { topLevelType } from "../network-type.ts";
import { badRequest, inUse } from "../refusals.ts";
import { requireReferencesNearby } from "../regional-references.ts";
import { requireKnownMembers, resourceGuidOf, storedBody } from "../stored-body.ts";

const MEMBERS = {
  modelled: ["idleTimeoutInMinutes", "publicIpAddresses"],
  readOnly: ["subnets"],
  unmodelled: [
    "publicIpAddressesV6",
    "publicIpPrefixes",
    "publicIpPrefixesV6",
    "sourceVirtualNetwork",
    "serviceGateway",
    "nat64",
  ],
};

export const natGateway: ResourceType = {
  ...topLevelType,
  type: networkTypes.natGateway,
  deletionOrder: 60,
  put: {
    operationName: "PutNatGatewayOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 6, update: 6 },
    prepare: (context, body) => {
      const given = body.properties;
      requireKnownMembers(given, "properties", MEMBERS);
      const sku = { name: wordOf(objectOf(body.sku, "sku").name, "sku.name", ["Standard", "StandardV2"]) };
      const idle = integerOf(given.idleTimeoutInMinutes, "properties.idleTimeoutInMinutes", 4);
      if (idle < 4 || idle > 120) {
        throw badRequest(
          "NatGatewayInvalidIdleTimeout",
          `Idle timeout of ${context.id.id} must be between 4 and 120 minutes.`,
        );
      }
      const addresses = listOf(given.publicIpAddresses, "properties.publicIpAddresses").map((one) => ({
        id: context.reference(referenceOf(one, "properties.publicIpAddresses") ?? "", {
          type: networkTypes.publicIPAddress,
        }).id,
      }));
      const stored = storedBody(
        { ...body, sku },
        defined({
          resourceGuid: resourceGuidOf(context.existing),
          idleTimeoutInMinutes: idle,
          publicIpAddresses: addresses.length > 0 ? addresses : undefined,
        }),
        ["sku", "zones"],
      );
      requireReferencesNearby(context, stored);
      return stored;
    },
  },
  remove: {
    longRunning: "location",
    seconds: 6,
    check: (context, existing) => {
      const users = context.world.referencesTo(existing.id, networkTypes.subnet).map((user) => user.id);
      if (users.length > 0) {
        throw inUse(
          "InUseNatGatewayCannotBeDeleted",
          "Nat gateway",
          existing.id,
          users,
          "In order to delete the Nat gateway, remove the association with the resource(s).",
        );
      }
    },
  },
  view: (document, resource, world) => ({
    ...document,
    properties: defined({ ...document.properties, subnets: backReferences(world, resource.id, networkTypes.subnet) }),
  }),
};
