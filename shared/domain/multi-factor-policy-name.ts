import { parseResourceId, resourceId } from "./resource-id.ts";

const type = "Microsoft.Graph/conditionalAccessPolicies";

/**
 * Id under which the tool speaks of a spoke's Conditional Access policy, in the form of ARM's ids. It names subscription
 * and application too, because names of spokes are unique in one installation of this tool and policies are the tenant's.
 */
export function multiFactorPolicyId(spoke: string, subscriptionId: string, applicationId: string): string {
  return resourceId("", type, `${spoke}_${subscriptionId}_${applicationId}`.toLowerCase());
}

/** Display name of that policy in Microsoft Entra: by it alone the tool knows its own. */
export function multiFactorPolicyName(policyId: string): string {
  const [spoke, subscriptionId, applicationId] = parseResourceId(policyId).name.split("_");
  return `Zero Trust spoke ${spoke} in ${subscriptionId}: MFA for ${applicationId}`;
}
