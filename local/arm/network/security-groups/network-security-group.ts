import type { ResourceType } from "../../resource-type.ts";
import { backReferences, interfacesNaming, networkTypes } from "../back-references.ts";
import { defined, flagOf } from "../json-value.ts";
import { topLevelType } from "../network-type.ts";
import { inUse } from "../refusals.ts";
import { requireReferencesNearby } from "../regional-references.ts";
import { requireKnownMembers, resourceGuidOf, storedBody } from "../stored-body.ts";
import { defaultSecurityRules } from "./default-security-rules.ts";
import { hasGatewayOfVersion2, requireGatewayTraffic } from "./gateway-traffic.ts";
import { type NamedRule, requireConsistentRules } from "./rule-set.ts";

const MEMBERS = {
  modelled: ["securityRules", "flushConnection"],
  readOnly: ["defaultSecurityRules", "networkInterfaces", "subnets", "flowLogs"],
};

export const networkSecurityGroup: ResourceType = {
  ...topLevelType,
  type: networkTypes.networkSecurityGroup,
  deletionOrder: 60,
  put: {
    operationName: "PutNetworkSecurityGroupOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 3, update: 3 },
    prepare: (context, body) => {
      requireKnownMembers(body.properties, "properties", MEMBERS);
      return storedBody(body, {
        resourceGuid: resourceGuidOf(context.existing),
        flushConnection: flagOf(body.properties.flushConnection, "properties.flushConnection", false),
      });
    },
    checkWhole: (context, merged) => {
      const rules = (merged.properties.securityRules ?? []) as NamedRule[];
      requireConsistentRules(context.id.id, rules);
      requireReferencesNearby(context, merged);
      for (const subnet of context.world.referencesTo(context.id.id, networkTypes.subnet)) {
        if (hasGatewayOfVersion2(context.world, subnet.id)) requireGatewayTraffic(context.id.id, subnet.id, rules);
      }
    },
  },
  remove: {
    longRunning: "location",
    seconds: 4,
    check: (context, existing) => {
      const users = [
        ...context.world.referencesTo(existing.id, networkTypes.subnet),
        ...interfacesNaming(context.world, existing.id),
      ].map((user) => user.id);
      if (users.length > 0) {
        throw inUse(
          "InUseNetworkSecurityGroupCannotBeDeleted",
          "Network security group",
          existing.id,
          users,
          "In order to delete the Network security group, remove the association with the resource(s). To learn how to do this, see aka.ms/deletensg.",
        );
      }
    },
  },
  view: (document, resource, world) => ({
    ...document,
    properties: defined({
      ...document.properties,
      defaultSecurityRules: defaultSecurityRules.map(({ name, properties }) => ({
        name,
        id: `${resource.id}/defaultSecurityRules/${name}`,
        etag: resource.etag,
        type: "Microsoft.Network/networkSecurityGroups/defaultSecurityRules",
        properties: { provisioningState: "Succeeded", ...properties },
      })),
      networkInterfaces: backReferences(world, resource.id, networkTypes.networkInterface),
      subnets: backReferences(world, resource.id, networkTypes.subnet),
      flowLogs: backReferences(world, resource.id, networkTypes.flowLog),
    }),
  }),
};
