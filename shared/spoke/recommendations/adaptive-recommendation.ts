import type { AdaptiveRule } from "../../domain/recommendation.ts";
import { parseResourceId, resourceName } from "../../domain/resource-id.ts";
import type { FoundRecommendation } from "./merge-recommendations.ts";
import { recommendationId } from "./recommendation-id.ts";

/**
 * What Defender's adaptive network hardening recommends for a machine. Its model is not published, so it is never applied
 * by itself: somebody accepts it, and only where the rules let nothing in that the spoke does not.
 */
export function adaptiveRecommendation(
  virtualMachineId: string,
  spoke: string | null,
  subscriptionId: string,
  rules: readonly AdaptiveRule[],
): FoundRecommendation {
  const { resourceGroup } = parseResourceId(virtualMachineId);
  return {
    id: recommendationId("adaptive-network-hardening", virtualMachineId, JSON.stringify(rules)),
    source: "adaptive-network-hardening",
    spoke,
    subscriptionId,
    resourceGroup: resourceGroup?.toLowerCase() ?? null,
    resourceId: virtualMachineId,
    title: `Adaptive network hardening recommends rules for ${resourceName(virtualMachineId)}`,
    severity: "medium",
    tactics: ["Initial Access", "Lateral Movement"],
    scoreGain: null,
    reasons: rules.map(inWords),
    advice: "Accept it to have Defender write the rules, where they let nothing in that the spoke does not.",
    remedy: { kind: "adaptive-network-hardening", virtualMachineId, rules },
    evidence: { rules },
    replay: null,
    difference: null,
    keepsGuidance: null,
    safe: false,
  };
}

function inWords({ direction, destinationPort, protocols, ipAddresses }: AdaptiveRule): string {
  const from = ipAddresses.length === 0 ? "nobody" : ipAddresses.join(", ");
  return `${direction} ${protocols.join(" and ")} ${destinationPort}: ${from} alone.`;
}
