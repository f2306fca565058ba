import type { Amendment } from "../../domain/amendment.ts";
import { jsonPointer } from "../../domain/json-pointer.ts";
import type { Recommendation, RecommendationDecision } from "../../domain/recommendation.ts";

/**
 * The amendments of a spoke's desired state that a decided recommendation makes; they last until somebody deletes them, or
 * the request makes another rule of it. A
 * rule of Defender's adaptive hardening is tolerated, because Defender and not the tool writes it. None of the others.
 */
export function amendmentsOfRecommendation(
  recommendation: Recommendation,
  { by, at, reason, ticket }: RecommendationDecision,
): Amendment[] {
  const { id, spoke, remedy, title } = recommendation;
  if (spoke === null) return [];
  const common = {
    origin: "recommendation",
    spoke,
    owner: by,
    reason: (reason === "" ? title : reason).slice(0, 500),
    ticket,
    createdAt: at,
    expiresAt: null,
    control: null,
  } as const;
  if (remedy.kind === "rule") {
    const { networkSecurityGroupId, rule, before, after } = remedy.change;
    const properties = [{ pointer: rulePointer(rule), value: after, replaces: before }];
    return [{ ...common, id: `accepted-${id}`, resourceId: networkSecurityGroupId, tolerated: [], properties }];
  }
  if (remedy.kind === "adaptive-network-hardening") {
    const groups = [...new Set(remedy.rules.flatMap((rule) => rule.networkSecurityGroupIds))];
    return groups.map((resourceId, index) => ({
      ...common,
      id: `accepted-${id}-${index}`,
      resourceId,
      tolerated: remedy.rules.map(({ name }) => rulePointer(name)),
      properties: [],
    }));
  }
  return [];
}

function rulePointer(rule: string): string {
  return jsonPointer(["securityRules", rule]);
}
