import type { ResourceType } from "../../resource-type.ts";
import { interfacesNaming, networkTypes } from "../back-references.ts";
import { topLevelType } from "../network-type.ts";
import { badRequest } from "../refusals.ts";
import { requireKnownMembers, resourceGuidOf, storedBody } from "../stored-body.ts";

export const applicationSecurityGroup: ResourceType = {
  ...topLevelType,
  type: networkTypes.applicationSecurityGroup,
  deletionOrder: 70,
  put: {
    operationName: "PutApplicationSecurityGroupOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 2, update: 2 },
    prepare: (context, body) => {
      requireKnownMembers(body.properties, "properties", { modelled: [] });
      return storedBody(body, { resourceGuid: resourceGuidOf(context.existing) });
    },
  },
  remove: {
    longRunning: "location",
    seconds: 2,
    check: (context, existing) => {
      const users = {
        IpConfiguration: interfacesNaming(context.world, existing.id),
        SecurityRule: context.world.referencesTo(existing.id, networkTypes.securityRule),
      };
      for (const [kind, resources] of Object.entries(users)) {
        if (resources.length === 0) continue;
        throw badRequest(
          "InUseApplicationSecurityGroupCannotBeDeleted",
          `Application Security Group ${existing.name} cannot be deleted because it is referenced by ${kind}(s) ${resources.map(({ id }) => id).join(", ")}.`,
        );
      }
    },
  },
};
