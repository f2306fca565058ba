import { RefusedError } from "../domain/errors.ts";
import type { SecurityRuleBody } from "../domain/resource.ts";
import type { Endpoint, PriorityBand, RuleDraft } from "./rule-draft.ts";

/** First and last priority and the step of each band (contract §4; baseline: guidance, step 5, deny rules). */
const bands: Readonly<Record<PriorityBand, { readonly first: number; readonly last: number; readonly step: number }>> =
  {
    application: { first: 105, last: 995, step: 5 },
    access: { first: 1000, last: 1995, step: 5 },
    "internal-deny": { first: 4000, last: 4009, step: 1 },
    firewall: { first: 4010, last: 4090, step: 5 },
    baseline: { first: 4096, last: 4096, step: 1 },
  };

/**
 * Gives each draft of one NSG its priority, in the order given within band and direction, and its final name.
 * @throws RefusedError `TooManySecurityRules` where a band is full.
 */
export function assignPriorities(networkSecurityGroup: string, drafts: readonly RuleDraft[]): SecurityRuleBody[] {
  const used = new Map<string, number>();
  return drafts.map((draft) => {
    const band = bands[draft.band];
    const key = `${draft.direction} ${draft.band}`;
    const count = used.get(key) ?? 0;
    used.set(key, count + 1);
    const priority = band.first + count * band.step;
    if (priority > band.last) throw tooMany(networkSecurityGroup, draft, band);
    return finish(draft, priority);
  });
}

function finish(draft: RuleDraft, priority: number): SecurityRuleBody {
  const source = side(draft.source);
  const destination = side(draft.destination);
  return {
    name: draft.band === "baseline" ? draft.name : `${draft.name}-${draft.direction}`,
    description: draft.description.slice(0, 140),
    priority,
    direction: draft.direction,
    access: draft.access,
    protocol: draft.protocol,
    sourceAddressPrefixes: source.prefixes,
    sourceApplicationSecurityGroupIds: source.groups,
    sourcePortRanges: ["*"],
    destinationAddressPrefixes: destination.prefixes,
    destinationApplicationSecurityGroupIds: destination.groups,
    destinationPortRanges: [...draft.ports].sort(),
  };
}

function side(endpoint: Endpoint): { prefixes: string[]; groups: string[] } {
  if ("any" in endpoint) return { prefixes: ["*"], groups: [] };
  if ("prefixes" in endpoint) return { prefixes: [...new Set(endpoint.prefixes)].sort(), groups: [] };
  return { prefixes: [], groups: [endpoint.applicationSecurityGroupId] };
}

function tooMany(networkSecurityGroup: string, draft: RuleDraft, band: { first: number; last: number }): RefusedError {
  return new RefusedError({
    code: "TooManySecurityRules",
    message: `The ${draft.direction.toLowerCase()} rules of ${networkSecurityGroup} do not fit into priorities ${band.first} to ${band.last}.`,
    resourceId: null,
    remedy: "Merge flows or accesses of the request: one prefix for several hosts, or fewer tiers.",
  });
}
