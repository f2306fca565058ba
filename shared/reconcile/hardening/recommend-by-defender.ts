import type { AzurePorts } from "../../azure/ports.ts";
import { RefusedError } from "../../domain/errors.ts";
import type { PlatformConfiguration } from "../../domain/platform-configuration.ts";
import type { DesiredResource } from "../../domain/resource.ts";
import { resourceId, resourceIdKey, subscriptionScope } from "../../domain/resource-id.ts";
import type { SpokeRecord } from "../../domain/spoke-record.ts";
import { networkKey } from "../../spoke/flow-log-enforcement/running-interfaces.ts";
import { justInTimePolicyId } from "../../spoke/just-in-time/just-in-time-policies.ts";
import { justInTimeRecommendations } from "../../spoke/just-in-time/just-in-time-recommendations.ts";
import { adaptiveRecommendation } from "../../spoke/recommendations/adaptive-recommendation.ts";
import { assessmentRecommendations } from "../../spoke/recommendations/assessment-recommendations.ts";
import type { FoundRecommendation } from "../../spoke/recommendations/merge-recommendations.ts";
import { spokeNames } from "../../spoke/spoke-names.ts";
import type { HardeningSight } from "./observe-hardening.ts";
import type { RecommendationNote } from "./recommendation-store.ts";

/** What Defender's sources recommend for one subscription. */
export interface DefenderRecommendations {
  readonly found: readonly FoundRecommendation[];
  readonly notes: readonly RecommendationNote[];
}

/**
 * Assessments, adaptive network hardening and just-in-time access of one subscription. Assessments come from what was
 * seen in bulk; just-in-time costs two calls where spokes have machines, and adaptive hardening one, until it answers.
 * @param records spokes of the subscription that stand
 * @throws RefusedError or TransientError where Azure could not be asked
 */
export async function recommendByDefender(
  azure: Pick<AzurePorts, "justInTime" | "adaptiveNetworkHardening" | "resources">,
  configuration: PlatformConfiguration,
  sight: HardeningSight,
  records: readonly SpokeRecord[],
): Promise<DefenderRecommendations> {
  const machines = machinesOf(sight, records, configuration);
  const inSpokes = [...machines.values()].flat();
  const byMachine = new Map(
    [...machines].flatMap(([spoke, ids]) => ids.map((id) => [resourceIdKey(id), spoke] as const)),
  );
  const location = (spoke: string) => records.find(({ name }) => name === spoke)?.request.location ?? "";
  const justInTime =
    inSpokes.length > 0 && (await hasServersPlan2(azure, sight.subscriptionId))
      ? await recommendedPolicies(azure, configuration, sight, records, machines)
      : null;
  const bySubnet = spokesBySubnet(records, configuration);
  const assessments = assessmentRecommendations(
    sight.assessments,
    sight.controls,
    (id) => byMachine.get(resourceIdKey(id)) ?? bySubnet.get(resourceIdKey(id)) ?? null,
    (id, spoke) => (justInTime === null ? null : justInTimePolicyId(id, { name: spoke, location: location(spoke) })),
  );
  const adaptive = await adaptiveRecommendations(azure, inSpokes, byMachine, sight.subscriptionId);
  return {
    found: [...assessments, ...(justInTime ?? []), ...adaptive.found],
    notes: [...adaptive.notes, ...(justInTime === null && inSpokes.length > 0 ? [withoutPlan] : [])],
  };
}

export const withoutPlan: RecommendationNote = {
  code: "JustInTimeNeedsServersPlan2",
  message:
    "Just-in-time access is not looked after: the plan VirtualMachines P2 of Defender for Cloud is off. Name it in `defender.plans` of the platform configuration.",
};
const retired: RecommendationNote = {
  code: "AdaptiveNetworkHardeningRetired",
  message:
    "Defender's adaptive network hardening is retired and answers no more; what the tool derives from flow logs takes its place.",
};

/** Machines in the network of each spoke, by its name. */
function machinesOf(
  { interfaces }: HardeningSight,
  records: readonly SpokeRecord[],
  configuration: PlatformConfiguration,
): ReadonlyMap<string, readonly string[]> {
  const spokes = new Map(
    records.map(({ name, request }) => [resourceIdKey(spokeNames(request, configuration, null).virtualNetwork), name]),
  );
  const found = new Map<string, Map<string, string>>();
  for (const { virtualMachineId, subnetIds } of interfaces) {
    if (virtualMachineId === null) continue;
    for (const subnetId of subnetIds) {
      const spoke = spokes.get(networkKey(subnetId));
      if (spoke === undefined) continue;
      const machines = found.get(spoke) ?? new Map<string, string>();
      found.set(spoke, machines.set(resourceIdKey(virtualMachineId), virtualMachineId));
    }
  }
  return new Map([...found].map(([spoke, machines]) => [spoke, [...machines.values()].sort()]));
}

/** The name of the spoke of each subnet, by its key. */
function spokesBySubnet(
  records: readonly SpokeRecord[],
  configuration: PlatformConfiguration,
): ReadonlyMap<string, string> {
  return new Map(
    records.flatMap(({ name, request }) => {
      const names = spokeNames(request, configuration, null);
      const subnets = names.subnetNames(request.application.tiers);
      return subnets.map((subnet) => [resourceIdKey(`${names.virtualNetwork}/subnets/${subnet}`), name] as const);
    }),
  );
}

async function recommendedPolicies(
  azure: Pick<AzurePorts, "justInTime">,
  configuration: PlatformConfiguration,
  { subscriptionId }: HardeningSight,
  records: readonly SpokeRecord[],
  machines: ReadonlyMap<string, readonly string[]>,
) {
  const { policies } = await azure.justInTime.observe(subscriptionId);
  return records.flatMap(({ name, request }) =>
    justInTimeRecommendations(request, machines.get(name) ?? [], policies, configuration),
  );
}

/** Just-in-time access is a part of Defender for Servers Plan 2. */
async function hasServersPlan2({ resources }: Pick<AzurePorts, "resources">, subscriptionId: string): Promise<boolean> {
  const plan: DesiredResource<"Microsoft.Security/pricings"> = {
    id: resourceId(subscriptionScope(subscriptionId), "Microsoft.Security/pricings", "VirtualMachines"),
    type: "Microsoft.Security/pricings",
    ownership: "shared",
    steps: [7],
    dependsOn: [],
    body: { pricingTier: "Standard", subPlan: "P2" },
  };
  const standing = await resources[plan.type].observe(plan);
  return standing?.body.pricingTier === "Standard" && standing.body.subPlan === "P2";
}

/** The first machine tells whether the service still answers; a tool that may not ask it takes it for retired. */
async function adaptiveRecommendations(
  { adaptiveNetworkHardening }: Pick<AzurePorts, "adaptiveNetworkHardening">,
  machines: readonly string[],
  byMachine: ReadonlyMap<string, string>,
  subscriptionId: string,
): Promise<{ readonly found: readonly FoundRecommendation[]; readonly notes: readonly RecommendationNote[] }> {
  const found: FoundRecommendation[] = [];
  for (const machine of machines) {
    try {
      const rules = await adaptiveNetworkHardening.rulesFor(machine);
      if (rules === "retired") return { found: [], notes: [retired] };
      const spoke = byMachine.get(resourceIdKey(machine)) ?? null;
      if (rules.length > 0) found.push(adaptiveRecommendation(machine, spoke, subscriptionId, rules));
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      const { code, message } = error.failure;
      return { found: [], notes: [{ code: `AdaptiveNetworkHardening-${code}`, message }] };
    }
  }
  return { found, notes: [] };
}
