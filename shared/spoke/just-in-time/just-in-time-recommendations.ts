import { durationMilliseconds } from "../../domain/duration.ts";
import type { JustInTimePolicy } from "../../domain/just-in-time-access.ts";
import type { PlatformConfiguration } from "../../domain/platform-configuration.ts";
import { parseResourceId, resourceName } from "../../domain/resource-id.ts";
import type { SpokeRequest } from "../../domain/spoke-request.ts";
import type { FoundRecommendation } from "../recommendations/merge-recommendations.ts";
import { recommendationId } from "../recommendations/recommendation-id.ts";
import { justInTimePolicies, managementPorts, standsAs } from "./just-in-time-policies.ts";

/**
 * Just-in-time policies that machines of a spoke shall have and do not, or have otherwise. A policy closes ports and opens
 * none by itself: the mode `enforce` writes it.
 */
export function justInTimeRecommendations(
  request: SpokeRequest,
  virtualMachineIds: readonly string[],
  standing: readonly JustInTimePolicy[],
  configuration: Pick<PlatformConfiguration, "bastionPrefixes" | "enforcement">,
): FoundRecommendation[] {
  return justInTimePolicies(request, virtualMachineIds, standing, configuration)
    .filter((policy) => !standsAs(policy, standing))
    .map((policy) => recommendationOf(request, policy, configuration));
}

function recommendationOf(
  request: SpokeRequest,
  policy: JustInTimePolicy,
  { bastionPrefixes, enforcement }: Pick<PlatformConfiguration, "bastionPrefixes" | "enforcement">,
): FoundRecommendation {
  const { id, machines } = policy;
  const names = machines.map(({ virtualMachineId }) => resourceName(virtualMachineId));
  const hours = (durationMilliseconds(enforcement.justInTimeAccess) ?? 0) / 3_600_000;
  return {
    id: recommendationId("just-in-time", id),
    source: "just-in-time",
    spoke: request.name,
    subscriptionId: request.subscriptionId,
    resourceGroup: parseResourceId(id).resourceGroup?.toLowerCase() ?? null,
    resourceId: id,
    title: `Machines of ${request.name} should open management ports just in time`,
    severity: alwaysOpen(request).length > 0 ? "high" : "medium",
    tactics: ["Initial Access", "Credential Access"],
    scoreGain: null,
    reasons: [
      `${names.join(", ")}: no policy closes ${managementPorts.join(", ")} until somebody asks for access.`,
      ...alwaysOpen(request),
    ],
    advice: `A policy lets ${bastionPrefixes.join(", ")} in for at most ${hours} hours at a time; enforcementMode \`enforce\` writes it.`,
    remedy: { kind: "just-in-time-policy", policy },
    evidence: { virtualMachineIds: machines.map(({ virtualMachineId }) => virtualMachineId), ports: managementPorts },
    replay: null,
    difference: null,
    keepsGuidance: null,
    safe: true,
  };
}

/** Management ports that the request itself opens for good: Defender lets such rules stand before its own denial. */
function alwaysOpen({ managementAccess }: SpokeRequest): string[] {
  return managementAccess
    .filter(({ port }) => managementPorts.some((one) => one === port))
    .map(
      ({ from, to, port }) =>
        `The request opens ${port} of ${to.join(", ")} from ${from} for good: take it out of managementAccess once the policy stands.`,
    );
}
