import type { NetworkSecurityGroup } from "@azure/arm-network";
import type { AzureClients } from "./clients.ts";
import { networkResourcePort } from "./network-resource.ts";
import { inOrderOfName, normalLocation } from "./normal-form.ts";
import type { ResourcePort } from "./ports.ts";
import { nativeSecurityRule, securityRuleBody } from "./security-rule.ts";
import { mergedTags, normalTags } from "./tags.ts";

type Type = "Microsoft.Network/networkSecurityGroups";

/** Security rules are authoritative: a write replaces them all, and a rule that is not desired is drift. */
export function networkSecurityGroupPort(clients: AzureClients): ResourcePort<Type> {
  return networkResourcePort<Type, NetworkSecurityGroup>(clients, (client) => client.networkSecurityGroups, {
    type: "Microsoft.Network/networkSecurityGroups",
    toBody: (native, { body }) => {
      const wanted = new Map(body.securityRules.map((rule) => [rule.name.toLowerCase(), rule]));
      const rules = (native.securityRules ?? []).map((rule) =>
        securityRuleBody(rule, wanted.get((rule.name ?? "").toLowerCase())),
      );
      return {
        location: normalLocation(native.location),
        tags: normalTags(native.tags, body.tags),
        securityRules: inOrderOfName(body.securityRules, rules),
      };
    },
    toNative: ({ body }, standing) => ({
      ...standing,
      location: body.location,
      tags: mergedTags(standing?.tags, body.tags),
      securityRules: body.securityRules.map(nativeSecurityRule),
    }),
  });
}
