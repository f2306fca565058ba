import type { DesiredResource, ObservedResource, ResourceBodies } from "../domain/resource.ts";
import { isFirewallRuleOf } from "./firewall-rule-name.ts";

/**
 * Names the members of a shared collection that were this spoke's and shall go: firewall rules of flows that are no
 * longer asked for, subnets of tiers that are gone. What others put there is never named.
 */
export function withRetiredMembers(
  desired: DesiredResource,
  observed: ObservedResource | null,
  spoke: { readonly spoke: string; readonly retiredSubnets: readonly string[] },
): DesiredResource {
  if (desired.type === "Microsoft.Network/virtualNetworks") return { ...desired, retired: spoke.retiredSubnets };
  if (desired.type !== ruleCollectionGroup || observed === null || !isRuleCollectionGroup(observed)) return desired;
  const wanted = new Set(ruleNames(desired.body));
  const retired = ruleNames(observed.body).filter((rule) => isFirewallRuleOf(spoke.spoke, rule) && !wanted.has(rule));
  return { ...desired, retired };
}

const ruleCollectionGroup = "Microsoft.Network/firewallPolicies/ruleCollectionGroups";

function isRuleCollectionGroup(observed: ObservedResource): observed is ObservedResource<typeof ruleCollectionGroup> {
  return observed.type === ruleCollectionGroup;
}

function ruleNames(body: ResourceBodies[typeof ruleCollectionGroup]): string[] {
  return [...body.networkRules, ...body.applicationRules].map((rule) => rule.name);
}
