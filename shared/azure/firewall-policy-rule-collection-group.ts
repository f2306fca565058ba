import type {
  ApplicationRule,
  FirewallPolicyFilterRuleCollection,
  FirewallPolicyRuleCollectionGroup,
  FirewallPolicyRuleUnion,
  NetworkRule,
} from "@azure/arm-network";
import type { AzureClients } from "./clients.ts";
import { applicationRuleBody, nativeApplicationRule, nativeNetworkRule, networkRuleBody } from "./firewall-rule.ts";
import { inPlace } from "./in-place.ts";
import { refuseRemoval } from "./membership.ts";
import { networkChildPort } from "./network-resource.ts";
import { inOrderOfName } from "./normal-form.ts";
import type { ResourcePort } from "./ports.ts";

type Type = "Microsoft.Network/firewallPolicies/ruleCollectionGroups";

/** The tool's two collections; Azure Firewall asks network rules before application rules, whatever their priority. */
const collections = {
  network: { name: "zero-trust-network", priority: 100 },
  application: { name: "zero-trust-application", priority: 200 },
} as const;

/**
 * This tool's group in a hub's firewall policy. Rules are matched by name: those that are neither desired nor `retired`
 * belong to other spokes and are preserved, as is every other collection.
 */
export function firewallPolicyRuleCollectionGroupPort(clients: AzureClients): ResourcePort<Type> {
  const port = networkChildPort<Type, FirewallPolicyRuleCollectionGroup>(
    clients,
    (client) => client.firewallPolicyRuleCollectionGroups,
    {
      type: "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
      toBody: (native, { body: { networkRules, applicationRules } }) => {
        const network = rulesIn(native, collections.network.name).filter(isNetworkRule);
        const application = rulesIn(native, collections.application.name).filter(isApplicationRule);
        return {
          priority: native.priority ?? 0,
          networkRules: inOrderOfName(
            networkRules,
            network.map((rule) => networkRuleBody(rule, wantedFor(rule, networkRules))),
          ),
          applicationRules: inOrderOfName(
            applicationRules,
            application.map((rule) => applicationRuleBody(rule, wantedFor(rule, applicationRules))),
          ),
        };
      },
      toNative: ({ body, retired = [] }, standing) => {
        const isForeign = (collection: { name?: string }) =>
          collection.name !== collections.network.name && collection.name !== collections.application.name;
        // A name that is wanted in one collection is not to stay in the other.
        const gone = [...retired, ...[...body.networkRules, ...body.applicationRules].map(nameOf)];
        const rules = (name: string, wanted: readonly FirewallPolicyRuleUnion[]) =>
          inPlace(standing ? rulesIn(standing, name) : [], wanted, gone, nameOf);
        return {
          ...standing,
          priority: body.priority,
          ruleCollections: [
            ...(standing?.ruleCollections ?? []).filter(isForeign),
            ...allowing(collections.network, rules(collections.network.name, body.networkRules.map(nativeNetworkRule))),
            ...allowing(
              collections.application,
              rules(collections.application.name, body.applicationRules.map(nativeApplicationRule)),
            ),
          ],
        };
      },
      holdsOwnMembers: (native, { body }) => {
        const names = new Set(Object.values(collections).flatMap(({ name }) => rulesIn(native, name).map(nameOf)));
        return [...body.networkRules, ...body.applicationRules].every((rule) => names.has(rule.name));
      },
    },
  );
  return { ...port, remove: refuseRemoval };
}

/** Left out where it has no rule, because Azure Firewall takes no empty collection. */
function allowing(
  { name, priority }: { readonly name: string; readonly priority: number },
  rules: FirewallPolicyRuleUnion[],
): FirewallPolicyFilterRuleCollection[] {
  if (rules.length === 0) return [];
  return [
    { ruleCollectionType: "FirewallPolicyFilterRuleCollection", name, priority, action: { type: "Allow" }, rules },
  ];
}

function rulesIn(native: FirewallPolicyRuleCollectionGroup, name: string): FirewallPolicyRuleUnion[] {
  const collection = (native.ruleCollections ?? []).find((one) => one.name === name);
  return collection !== undefined && "rules" in collection ? (collection.rules ?? []) : [];
}

function wantedFor<R extends { readonly name: string }>(rule: { name?: string }, wanted: readonly R[]): R | undefined {
  return wanted.find((one) => one.name === rule.name);
}

function nameOf(rule: { name?: string }): string {
  return rule.name ?? "";
}

function isNetworkRule(rule: FirewallPolicyRuleUnion): rule is NetworkRule {
  return rule.ruleType === "NetworkRule";
}

function isApplicationRule(rule: FirewallPolicyRuleUnion): rule is ApplicationRule {
  return rule.ruleType === "ApplicationRule";
}
