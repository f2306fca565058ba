import { ArmError } from "../arm-error.ts";
import type { ResourceType } from "../resource-type.ts";
import { policyApiVersions, policyDefinitionType } from "./policy-definition.ts";

export const policyAssignmentType = "Microsoft.Authorization/policyAssignments";

/** Assignments of custom definitions. Azure needs some minutes until one holds; here it holds at once. */
export const policyAssignment: ResourceType = {
  type: policyAssignmentType,
  scope: "extension",
  apiVersions: policyApiVersions,
  provisioningState: false,
  list: { by: ["scope"] },
  put: {
    operationName: "PutPolicyAssignmentOperation",
    status: { create: 201, update: 201 },
    prepare: ({ id, world }, { properties }) => {
      const { displayName, policyDefinitionId, enforcementMode = "Default", notScopes = [] } = properties;
      const definition = world.get(String(policyDefinitionId));
      if (definition?.type !== policyDefinitionType) {
        throw new ArmError(
          404,
          "PolicyDefinitionNotFound",
          `The policy definition '${String(policyDefinitionId)}' could not be found.`,
        );
      }
      const scope = id.extendedId ?? "/";
      return { properties: { displayName, policyDefinitionId: definition.id, scope, enforcementMode, notScopes } };
    },
  },
  remove: { operationName: "DeletePolicyAssignmentOperation" },
};
