import type { ResourceType } from "../../resource-type.ts";
import { networkTypes } from "../back-references.ts";
import { childType } from "../network-type.ts";
import { storedBody } from "../stored-body.ts";
import { requireOneVirtualNetwork, virtualNetworksOf } from "./application-security-group-vnets.ts";
import { applicationSecurityGroupsOf, readSecurityRule } from "./read-security-rule.ts";

/** Custom rules of a network security group, written with the group or by their own URL. */
export const securityRule: ResourceType = {
  ...childType,
  type: networkTypes.securityRule,
  inline: { property: "securityRules", whenAbsent: "remove" },
  put: {
    operationName: "PutSecurityRuleOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 2, update: 2 },
    prepare: (context, body) => {
      const rule = readSecurityRule(body.properties, context.id.id);
      const groups = applicationSecurityGroupsOf(rule).map(
        (id) =>
          context.reference(id, {
            type: networkTypes.applicationSecurityGroup,
            joinAction: "joinNetworkSecurityRule",
          }).id,
      );
      const networks = groups.flatMap((id) => [...virtualNetworksOf(context.world, id)]);
      requireOneVirtualNetwork(context.id.id, new Set(networks));
      return storedBody(body, rule);
    },
  },
  remove: { longRunning: "location", seconds: 2 },
};
