import type { DesiredResource } from "../domain/resource.ts";

/** Resources of which spokes are members, and in which one write can make the memberships of several. */
export type SharedMembership = Extract<
  DesiredResource,
  { readonly type: "Microsoft.Network/ipGroups" | "Microsoft.Network/firewallPolicies/ruleCollectionGroups" }
>;

/** Whether the spoke is one member among others of the resource, so that its write can make theirs too. */
export function isSharedMembership(desired: DesiredResource): desired is SharedMembership {
  return (
    desired.type === "Microsoft.Network/ipGroups" ||
    desired.type === "Microsoft.Network/firewallPolicies/ruleCollectionGroups"
  );
}

/**
 * One desired state for the wishes of several spokes at the same resource: all that any of them wants to be there, and
 * gone only what one of them retires and none wants. Where two want a member of the same name, the first decides.
 */
export function joinWishes(first: SharedMembership, others: readonly SharedMembership[]): SharedMembership {
  return others.reduce(joinTwo, first);
}

function joinTwo(a: SharedMembership, b: SharedMembership): SharedMembership {
  if (a.type === "Microsoft.Network/ipGroups" && b.type === a.type) {
    const ipAddresses = [...new Set([...a.body.ipAddresses, ...b.body.ipAddresses])];
    return { ...a, body: { ...a.body, ipAddresses }, retired: retiredOf(a, b, ipAddresses) };
  }
  if (a.type === "Microsoft.Network/firewallPolicies/ruleCollectionGroups" && b.type === a.type) {
    const networkRules = byName(a.body.networkRules, b.body.networkRules);
    const applicationRules = byName(a.body.applicationRules, b.body.applicationRules);
    const names = [...networkRules, ...applicationRules].map((rule) => rule.name);
    return { ...a, body: { ...a.body, networkRules, applicationRules }, retired: retiredOf(a, b, names) };
  }
  return a;
}

function byName<T extends { readonly name: string }>(a: readonly T[], b: readonly T[]): T[] {
  const known = new Set(a.map((rule) => rule.name));
  return [...a, ...b.filter((rule) => !known.has(rule.name))];
}

function retiredOf(a: SharedMembership, b: SharedMembership, wanted: readonly string[]): string[] {
  const stays = new Set(wanted);
  return [...new Set([...(a.retired ?? []), ...(b.retired ?? [])])].filter((name) => !stays.has(name));
}
