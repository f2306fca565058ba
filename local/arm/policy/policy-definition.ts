import { ArmError } from "../arm-error.ts";
import { isJsonObject } from "../json.ts";
import type { ResourceType } from "../resource-type.ts";
import { readPolicyRule } from "./policy-rule.ts";

export const policyDefinitionType = "Microsoft.Authorization/policyDefinitions";
export const policyApiVersions = ["2021-06-01", "2023-04-01", "2024-04-01", "2024-05-01", "2025-03-01"];

/** Custom policy definitions without parameters, on a subscription or management group. */
export const policyDefinition: ResourceType = {
  type: policyDefinitionType,
  scope: "extension",
  apiVersions: policyApiVersions,
  provisioningState: false,
  list: { by: ["scope"] },
  put: {
    operationName: "PutPolicyDefinitionOperation",
    status: { create: 201, update: 201 },
    prepare: (_context, { properties }) => {
      const { displayName, mode = "All", policyRule, parameters } = properties;
      readPolicyRule(policyRule);
      if (isJsonObject(parameters) && Object.keys(parameters).length > 0) {
        throw new ArmError(501, "NotImplementedByLocalAzure", "Local Azure does not model parameters of policies.");
      }
      return { properties: { displayName, mode, policyRule, policyType: "Custom" } };
    },
  },
  remove: { operationName: "DeletePolicyDefinitionOperation" },
};
