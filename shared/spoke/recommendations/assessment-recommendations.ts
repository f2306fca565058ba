import type { Finding } from "../../domain/finding.ts";
import type { RecommendationRemedy } from "../../domain/recommendation.ts";
import { tryParseResourceId } from "../../domain/resource-id.ts";
import type { FoundRecommendation } from "./merge-recommendations.ts";
import { recommendationId } from "./recommendation-id.ts";
import type { SeenAssessment, SeenControl } from "./seen-assessments.ts";

/** Keys of Defender's network assessments that are alive, and what of them is a spoke's desired state. */
const networkAssessments: Readonly<Record<string, "desired" | "just-in-time" | "by-hand">> = {
  // Management ports should be closed.
  "bc303248-3d14-44c2-96a0-55f5c326b5fe": "desired",
  // Internet-facing machines should be protected with NSGs.
  "483f12ed-ae23-447e-a2de-a67a10db4353": "desired",
  // Machines that the Internet does not reach should be protected with NSGs.
  "a9341235-9389-42f0-a0bf-9bfb57960d44": "desired",
  // Subnets should be associated with an NSG.
  "eade5b56-eefd-444f-95c8-23f29e5d93cb": "desired",
  // All network ports should be restricted.
  "3b20e985-f71f-483b-b078-f30d73936d43": "desired",
  // Management ports should be protected with just-in-time access.
  "805651bc-6ecd-4c73-9b55-97a19d0582d0": "just-in-time",
  // IP forwarding should be disabled.
  "c3b51c94-588b-426b-a892-24696f9e54cc": "by-hand",
};

export const networkAssessmentKeys: readonly string[] = Object.keys(networkAssessments);

/**
 * Recommendations out of Defender's assessments. What a spoke's desired state has is made right by running the spoke
 * again; all else is told with what to do.
 * @param spokeOf name of the spoke in whose network a resource stands; null of others
 * @param policyOf id of the just-in-time policy that the machine of a spoke shall have
 */
export function assessmentRecommendations(
  assessments: readonly SeenAssessment[],
  controls: readonly SeenControl[],
  spokeOf: (resourceId: string) => string | null,
  policyOf: (virtualMachineId: string, spoke: string) => string | null,
): FoundRecommendation[] {
  return assessments.flatMap((assessment) => {
    const kind = networkAssessments[assessment.key];
    if (kind === undefined) return [];
    const { resourceId, displayName, cause, description, key } = assessment;
    const spoke = spokeOf(resourceId);
    const remedy: RecommendationRemedy =
      spoke !== null && kind === "desired" ? { kind: "run-spoke" } : { kind: "by-hand" };
    const policyId = spoke !== null && kind === "just-in-time" ? policyOf(resourceId, spoke) : null;
    return [
      {
        id: recommendationId("defender-assessment", assessment.id),
        source: "defender-assessment",
        spoke,
        subscriptionId: assessment.subscriptionId,
        resourceGroup: tryParseResourceId(resourceId)?.resourceGroup?.toLowerCase() ?? null,
        resourceId,
        title: displayName,
        severity: severityOf(assessment.severity),
        tactics: assessment.tactics,
        scoreGain: scoreGain(assessment, controls),
        reasons: [description || cause].filter((text) => text !== ""),
        advice: adviceOf(assessment, remedy.kind === "run-spoke" ? spoke : null, policyId),
        remedy,
        evidence: { assessmentId: assessment.id, key, cause, description, techniques: assessment.techniques },
        replay: null,
        difference: null,
        keepsGuidance: null,
        safe: remedy.kind === "run-spoke",
      },
    ];
  });
}

/**
 * Points that the resource brings when it becomes healthy: a control gives its points by the share of its healthy
 * resources (Defender for Cloud, "Secure score", calculation). Where another assessment of the control still fails for the
 * resource it brings them only together with that one.
 */
function scoreGain({ key, subscriptionId }: SeenAssessment, controls: readonly SeenControl[]): number | null {
  const own = controls.filter((control) => control.subscriptionId === subscriptionId && control.keys.includes(key));
  if (own.length === 0) return null;
  const gain = own.reduce((sum, { max, healthy, unhealthy }) => sum + max / Math.max(1, healthy + unhealthy), 0);
  return Math.round(gain * 100) / 100;
}

function adviceOf({ remediation }: SeenAssessment, runSpoke: string | null, policyId: string | null): string {
  if (runSpoke !== null) {
    return `The desired state of ${runSpoke} has it otherwise: run the spoke again; enforcementMode \`enforce\` does so.`;
  }
  if (policyId !== null) {
    return `Accept the recommendation ${recommendationId("just-in-time", policyId)}; enforcementMode \`enforce\` makes the policy.`;
  }
  return remediation === "" ? "Follow the remediation steps in Defender for Cloud." : remediation;
}

function severityOf(text: string): Finding["severity"] {
  const severity = text.toLowerCase();
  return severity === "high" || severity === "medium" || severity === "low" ? severity : "information";
}
