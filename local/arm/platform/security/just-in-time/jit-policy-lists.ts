import type { ProviderOperation } from "../../../resource-type.ts";
import { jitApiVersions } from "./jit-network-access-policy.ts";
import { jitPolicyType } from "./policies-naming.ts";
import { policyDocument } from "./policy-document.ts";

const scopes = ["/subscriptions/{subscriptionId}", "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroup}"];

/** The just-in-time policies of all regions, whose paths name no region. */
export const jitPolicyLists: readonly ProviderOperation[] = scopes.map((scope) => ({
  method: "GET",
  path: `${scope}/providers/Microsoft.Security/jitNetworkAccessPolicies`,
  apiVersions: jitApiVersions,
  action: `${jitPolicyType}/read`,
  invoke: (context) => ({
    body: {
      value: context.world.list(jitPolicyType, context.scope.id).map((each) => policyDocument(each, context.world)),
    },
  }),
}));
