import type { Recommendation } from "../../domain/recommendation.ts";
import type { SecurityRuleBody } from "../../domain/resource.ts";
import { sameResourceId } from "../../domain/resource-id.ts";
import { adaptiveGains } from "./adaptive-gains.ts";
import type { AmendedSpoke, Hindrance } from "./amended-spoke.ts";

/** Traffic moves on: what was not found again for longer than this is not to be decided on. */
const fresh = 2 * 86_400_000;

/**
 * What stands in the way of carrying a recommendation out; null where nothing does. A changed rule must still be the one
 * that was replayed, and Defender's adaptive rules must let nothing in that the spoke does not.
 * @param spoke null where the recommendation is about none
 */
export function hindrance(recommendation: Recommendation, spoke: AmendedSpoke | null, now: string): Hindrance | null {
  const { status, remedy, lastSeenAt, advice } = recommendation;
  if (status !== "Open") return { code: "NotOpen", message: `It is ${status}: only what is Open can be accepted.` };
  if (remedy.kind === "by-hand") return { code: "ByHand", message: `The tool cannot do this. ${advice}` };
  if (Date.parse(now) - Date.parse(lastSeenAt) > fresh) {
    return { code: "Stale", message: `It was last found at ${lastSeenAt}: let the timer applyHardening look again.` };
  }
  if (spoke === null && recommendation.spoke !== null) {
    return { code: "Stale", message: `${recommendation.spoke} is gone, or its request fits the platform no longer.` };
  }
  if (remedy.kind === "just-in-time-policy") return null;
  if (spoke === null) return { code: "ByHand", message: `It is about no spoke. ${advice}` };
  if (remedy.kind === "adaptive-network-hardening") return adaptiveGains(remedy.rules, spoke);
  return remedy.kind === "rule" ? staleRule(remedy.change, spoke) : null;
}

function staleRule(
  { networkSecurityGroupId, rule, before }: { networkSecurityGroupId: string; rule: string; before: SecurityRuleBody },
  { resources }: AmendedSpoke,
): Hindrance | null {
  const group = resources.find(({ id }) => sameResourceId(id, networkSecurityGroupId));
  const rules = group?.type === "Microsoft.Network/networkSecurityGroups" ? group.body.securityRules : [];
  const standing = rules.find(({ name }) => name === rule);
  if (standing !== undefined && meaningOf(standing) === meaningOf(before)) return null;
  const what = standing === undefined ? "is no part of the spoke any more" : "has changed since";
  return {
    code: "Stale",
    message: `${rule} ${what}: its replay says nothing about it. Let the timer applyHardening look again.`,
  };
}

/** All of a rule but its words. */
function meaningOf({ description: _description, ...rule }: SecurityRuleBody): string {
  return JSON.stringify(Object.entries(rule).sort(([a], [b]) => (a < b ? -1 : 1)));
}
