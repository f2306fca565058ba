import type { JsonObject } from "../../../json.ts";
import type { Resource } from "../../../resource.ts";
import { parseResourceId } from "../../../resource-id.ts";
import type { World } from "../../../world.ts";
import { hasServersPlan2 } from "../servers-plan.ts";
import { assessMachine } from "./assess-machine.ts";
import { assessSubnet } from "./assess-subnet.ts";
import { metadataProperties } from "./assessment-metadata.ts";
import { type Recommendation, recommendations } from "./recommendations.ts";
import type { Verdict } from "./verdict.ts";

/** One recommendation, held against one resource as it stands now. */
export interface Assessment {
  readonly resource: Resource;
  readonly recommendation: Recommendation;
  readonly verdict: Verdict;
}

/** Every assessment of the resources at and below a scope. */
export function assessmentsOf(world: World, scopeId: string): readonly Assessment[] {
  const plans = new Map<string, boolean>();
  return assessedResources(world, scopeId).flatMap((resource) => {
    const subscriptionId = parseResourceId(resource.id)?.subscriptionId ?? "";
    const plan2 = plans.get(subscriptionId) ?? hasServersPlan2(world, subscriptionId);
    plans.set(subscriptionId, plan2);
    return recommendations
      .filter(
        ({ subject, needsServersPlan2 }) => subject === subjectOf(resource) && (plan2 || needsServersPlan2 !== true),
      )
      .map((recommendation) => ({ resource, recommendation, verdict: verdictOf(world, resource, recommendation) }));
  });
}

/** The machines and subnets of a scope that local Azure assesses. */
function assessedResources(world: World, scopeId: string): readonly Resource[] {
  const types = ["Microsoft.Compute/virtualMachines", "Microsoft.Network/virtualNetworks/subnets"];
  return types.flatMap((type) => world.list(type, scopeId));
}

function subjectOf({ type }: Resource): Recommendation["subject"] {
  return type === "Microsoft.Compute/virtualMachines" ? "virtualMachine" : "subnet";
}

function verdictOf(world: World, resource: Resource, { subject, key }: Recommendation): Verdict {
  return subject === "subnet" ? assessSubnet(resource) : assessMachine(world, resource, key);
}

/** The id of an assessment. */
export function assessmentId({ resource, recommendation }: Assessment): string {
  return `${resource.id}/providers/Microsoft.Security/assessments/${recommendation.key}`;
}

/** What an assessment says, as the REST API shows it; with the recommendation's metadata where it was asked for. */
export function assessmentProperties(assessment: Assessment, withMetadata: boolean): JsonObject {
  const { resource, recommendation, verdict } = assessment;
  const blade = "portal.azure.com/#blade/Microsoft_Azure_Security/RecommendationsBlade";
  return {
    resourceDetails: { source: "Azure", id: resource.id },
    displayName: recommendation.displayName,
    status: verdict,
    links: {
      azurePortal: `${blade}/assessmentKey/${recommendation.key}/resourceId/${encodeURIComponent(resource.id)}`,
    },
    ...(withMetadata ? { metadata: metadataProperties(recommendation) } : {}),
  };
}
