import type { ManagedRuleSet, WebApplicationFirewallPolicy } from "@azure/arm-network";
import type { DesiredResource } from "../domain/resource.ts";
import type { AzureClients } from "./clients.ts";
import { networkResourcePort } from "./network-resource.ts";
import { inOrderOf, normalLocation } from "./normal-form.ts";
import type { ResourcePort } from "./ports.ts";
import { mergedTags, normalTags } from "./tags.ts";

type Type = "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies";

/**
 * The firewall of an Application Gateway. Custom rules, exclusions and the overrides of a rule set that stays are the
 * application owner's, who tunes them against false alarms: they are preserved.
 */
export function webApplicationFirewallPolicyPort(clients: AzureClients): ResourcePort<Type> {
  return networkResourcePort<Type, WebApplicationFirewallPolicy>(
    clients,
    (client) => client.webApplicationFirewallPolicies,
    {
      type: "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
      toBody: (native, { body }) => ({
        location: normalLocation(native.location),
        tags: normalTags(native.tags, body.tags),
        // Left to its defaults, a policy is off and only watches.
        state: native.policySettings?.state === "Enabled" ? "Enabled" : "Disabled",
        mode: native.policySettings?.mode === "Prevention" ? "Prevention" : "Detection",
        requestBodyCheck: native.policySettings?.requestBodyCheck ?? true,
        managedRuleSets: inOrderOf(body.managedRuleSets, (native.managedRules?.managedRuleSets ?? []).map(nameOf)),
      }),
      toNative: (desired, standing) => ({
        ...standing,
        location: desired.body.location,
        tags: mergedTags(standing?.tags, desired.body.tags),
        policySettings: {
          ...standing?.policySettings,
          state: desired.body.state,
          mode: desired.body.mode,
          requestBodyCheck: desired.body.requestBodyCheck,
        },
        managedRules: { ...standing?.managedRules, managedRuleSets: ruleSets(desired, standing) },
      }),
    },
  );
}

function nameOf(set: ManagedRuleSet): string {
  return `${set.ruleSetType} ${set.ruleSetVersion}`;
}

function ruleSets({ body }: DesiredResource<Type>, standing: WebApplicationFirewallPolicy | null): ManagedRuleSet[] {
  const sets = standing?.managedRules?.managedRuleSets ?? [];
  return body.managedRuleSets.map((name) => {
    const [ruleSetType = "", ruleSetVersion = ""] = name.split(" ");
    return sets.find((set) => nameOf(set) === name) ?? { ruleSetType, ruleSetVersion };
  });
}
