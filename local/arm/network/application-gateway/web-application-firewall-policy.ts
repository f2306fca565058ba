import type { ResourceType } from "../../resource-type.ts";
import { backReferences } from "../back-references.ts";
import { defined } from "../json-value.ts";
import { topLevelType } from "../network-type.ts";
import { inUse } from "../refusals.ts";
import { requireKnownMembers, storedBody } from "../stored-body.ts";
import { readPolicySettings } from "./firewall-policy-settings.ts";
import { gatewayTypes } from "./gateway-type-names.ts";
import { readManagedRules } from "./managed-rules.ts";

const MEMBERS = {
  modelled: ["policySettings", "managedRules"],
  readOnly: [
    "applicationGateways",
    "httpListeners",
    "pathBasedRules",
    "resourceState",
    "applicationGatewayForContainers",
  ],
  unmodelled: ["customRules", "tier"],
};

/** The published interface has no PATCH of these policies. */
const { patch: _patch, ...withoutPatch } = topLevelType;

/** Web application firewall policies of Application Gateways, with managed rules alone. */
export const webApplicationFirewallPolicy: ResourceType = {
  ...withoutPatch,
  type: gatewayTypes.webApplicationFirewallPolicy,
  deletionOrder: 60,
  put: {
    operationName: "PutWebApplicationFirewallPolicyOperation",
    prepare: (context, body) => {
      requireKnownMembers(body.properties, "properties", MEMBERS);
      return storedBody(body, {
        customRules: [],
        policySettings: readPolicySettings(body.properties.policySettings, context.id.id),
        managedRules: readManagedRules(body.properties.managedRules, context.id.id),
      });
    },
  },
  remove: {
    longRunning: "location",
    seconds: 8,
    check: ({ world }, existing) => {
      const users = world.referencesTo(existing.id, gatewayTypes.applicationGateway).map(({ id }) => id);
      if (users.length > 0) {
        throw inUse(
          "WebApplicationFirewallPolicyInUse",
          "Web application firewall policy",
          existing.id,
          users,
          "In order to delete the policy, give the application gateways another one.",
        );
      }
    },
  },
  view: (document, resource, world) => ({
    ...document,
    properties: defined({
      ...document.properties,
      applicationGateways: backReferences(world, resource.id, gatewayTypes.applicationGateway),
    }),
  }),
};
