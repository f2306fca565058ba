import { createHash } from "node:crypto";
import type { DesiredResource } from "../../domain/resource.ts";
import { resourceIdKey } from "../../domain/resource-id.ts";

/** Since when each rule of a spoke is what it is: by key of the NSG's id, by the rule's name. */
export type KnownRules = Readonly<
  Record<string, Readonly<Record<string, { readonly hash: string; readonly since: string | null }>>>
>;

/**
 * The rules of a spoke with since when they are what they are. Those of a spoke that is seen for the first time count as
 * old: that its traffic covers the window is measured anyhow. What is new or changed later is as old as the pass that saw it.
 */
export function agedRules(resources: readonly DesiredResource[], known: KnownRules | null, now: string): KnownRules {
  const groups = resources.flatMap((resource) => {
    if (resource.type !== "Microsoft.Network/networkSecurityGroups") return [];
    const key = resourceIdKey(resource.id);
    const rules = resource.body.securityRules.map((rule) => {
      const { description: _description, priority: _priority, ...meaning } = rule;
      const hash = createHash("sha256").update(JSON.stringify(meaning)).digest("hex").slice(0, 16);
      const before = known?.[key]?.[rule.name];
      const since = known === null ? null : before?.hash === hash ? before.since : now;
      return [rule.name, { hash, since }] as const;
    });
    return [[key, Object.fromEntries(rules)] as const];
  });
  return Object.fromEntries(groups);
}

/** Those of one NSG that are younger than always, in milliseconds since the epoch. */
export function youngRules(rules: KnownRules, networkSecurityGroupId: string): ReadonlyMap<string, number> {
  const own = Object.entries(rules[resourceIdKey(networkSecurityGroupId)] ?? {});
  return new Map(own.flatMap(([name, { since }]) => (since === null ? [] : [[name, Date.parse(since)] as const])));
}
