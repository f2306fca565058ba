import type { SecurityRuleBody } from "../domain/resource.ts";
import type { ExtraFlow } from "../domain/spoke-request.ts";
import { firewallRules, internalDenyRules, managementRules, outboundAddressRules } from "./access-rules.ts";
import { denyAll } from "./baseline-rules.ts";
import { type PlacedRule, tierToTier, withinTier } from "./chain-rules.ts";
import { fromGatewayRules, gatewayRules } from "./gateway-rules.ts";
import { assignPriorities } from "./priorities.ts";
import type { RuleContext } from "./rule-context.ts";
import { group, type RuleDraft } from "./rule-draft.ts";
import { serviceLabel, tierLabel } from "./tier-names.ts";

/** The security rules of a spoke: of its gateway subnet and of each tier by name. */
export interface CompiledRules {
  readonly gateway: readonly SecurityRuleBody[];
  readonly tiers: ReadonlyMap<string, readonly SecurityRuleBody[]>;
}

/**
 * Intended flows to security rules (contract §4; guidance, step 5). Stateful NSGs need no return rules (trap 4).
 * @throws RefusedError `TooManySecurityRules`.
 */
export function compileSecurityRules(context: RuleContext): CompiledRules {
  const placed = [...chain(context), ...context.flows.flatMap((flow) => extraFlow(context, flow))];
  const tiers = new Map<string, readonly SecurityRuleBody[]>();
  for (const [index, tier] of context.tiers.entries()) {
    const drafts = [
      ...(index === 0 ? fromGatewayRules(context) : []),
      ...placed.filter((rule) => rule.tier === tier.name).map((rule) => rule.draft),
      ...managementRules(context, tier),
      ...outboundAddressRules(context, tier),
      ...internalDenyRules(context),
      ...firewallRules(context, tier),
      denyAll("Inbound"),
      ...(context.outbound === "deny-all" ? [denyAll("Outbound")] : []),
    ];
    tiers.set(tier.name, assignPriorities(`the NSG of tier ${tier.name}`, distinctNames(drafts)));
  }
  return { gateway: assignPriorities("the gateway's NSG", gatewayRules(context)), tiers };
}

function chain(context: RuleContext): PlacedRule[] {
  return context.tiers.flatMap((tier, index) => {
    const before = context.tiers[index - 1];
    return [...(before === undefined ? [] : tierToTier(before, tier)), ...withinTier(tier)];
  });
}

/** A flow beside the chain: through the load balancer where it asks for the port that the tier serves. */
function extraFlow(context: RuleContext, flow: ExtraFlow): PlacedRule[] {
  const from = context.tiers.find((tier) => tier.name === flow.from);
  const to = context.tiers.find((tier) => tier.name === flow.to);
  if (from === undefined || to === undefined) return [];
  if (from !== to && flow.port === to.port && flow.protocol === "Tcp") return tierToTier(from, to);
  const draft = (direction: "Inbound" | "Outbound"): RuleDraft => ({
    band: "application",
    name: `Allow-${tierLabel(from)}-Tier-to-${serviceLabel(to)}-VMs-${flow.protocol}-${flow.port}`,
    direction,
    access: "Allow",
    protocol: flow.protocol,
    source: group(from.applicationSecurityGroupId),
    destination: group(to.applicationSecurityGroupId),
    ports: [String(flow.port)],
    description: flow.description || `Tier ${from.name} to tier ${to.name} on ${flow.port}.`,
  });
  return [
    { tier: from.name, draft: draft("Outbound") },
    { tier: to.name, draft: draft("Inbound") },
  ];
}

/**
 * Names are unique in an NSG, and Azure compares them without regard to case. Two tiers on port 1433 share the label
 * SQL, and a tier sql has the label Sql, so a second rule of the same name takes a number; two requests for the same
 * access with the same meaning become one rule.
 */
function distinctNames(drafts: readonly RuleDraft[]): RuleDraft[] {
  const byName = new Map<string, RuleDraft>();
  const keyOf = (draft: RuleDraft, name: string) => `${draft.direction} ${name}`.toLowerCase();
  const result: RuleDraft[] = [];
  for (const draft of drafts) {
    let name = draft.name;
    let known = byName.get(keyOf(draft, name));
    for (let number = 2; known !== undefined && !sameMeaning(known, draft); number += 1) {
      name = `${draft.name}-${number}`;
      known = byName.get(keyOf(draft, name));
    }
    if (known !== undefined) continue;
    const named = { ...draft, name };
    byName.set(keyOf(draft, name), named);
    result.push(named);
  }
  return result;
}

function sameMeaning(a: RuleDraft, b: RuleDraft): boolean {
  const meaning = (rule: RuleDraft) =>
    JSON.stringify([rule.access, rule.protocol, rule.source, rule.destination, rule.ports]);
  return meaning(a) === meaning(b);
}
