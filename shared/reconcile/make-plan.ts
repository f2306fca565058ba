import type { AzurePorts } from "../azure/ports.ts";
import type { Amendment } from "../domain/amendment.ts";
import { RefusedError } from "../domain/errors.ts";
import type { Lane } from "../domain/lane.ts";
import { multiFactorPolicyId, multiFactorPolicyName } from "../domain/multi-factor-policy-name.ts";
import type { Plan } from "../domain/plan.ts";
import type { PlatformConfiguration } from "../domain/platform-configuration.ts";
import type { MultiFactorFact } from "../domain/platform-facts.ts";
import { resourceIdKey } from "../domain/resource-id.ts";
import type { RecordedResource } from "../domain/spoke-record.ts";
import type { SpokeRequest } from "../domain/spoke-request.ts";
import type { TierSlots } from "../spoke/address-plan.ts";
import { amendmentFindings, overruledFindings } from "../spoke/amendment-findings.ts";
import { type DesiredState, desiredState } from "../spoke/desired-state.ts";
import { lanesOf } from "../spoke/lanes.ts";
import { policyKept } from "../spoke/multi-factor-findings.ts";
import { type PlanInput, planChanges } from "../spoke/plan.ts";
import { proveDesign } from "../spoke/prove-design.ts";
import { spokeNames } from "../spoke/spoke-names.ts";
import { justInTimeTolerances } from "./just-in-time-tolerances.ts";
import { keptPolicies } from "./kept-policies.ts";
import { observeAll } from "./observe-resource.ts";

/** A spoke as far as its plan depends on it. */
export interface PlannedSpoke {
  readonly request: SpokeRequest;
  readonly addressPrefix: string;
  readonly tierSlots: TierSlots;
  readonly resources: readonly RecordedResource[];
}

export interface MadePlan {
  readonly plan: Plan;
  readonly lanes: readonly Lane[];
  readonly state: DesiredState;
}

/**
 * Observes Azure and plans what has to change so that the spoke stands; writes nothing.
 * @param amendments those in force for the spoke. What is proven is the request: what amendments change of it is found.
 * @param now the present moment, ISO 8601
 * @throws RefusedError where the spoke cannot stand on this platform or its rules are not proven; TransientError where Azure could not be asked.
 */
export async function makePlan(
  azure: AzurePorts,
  configuration: PlatformConfiguration,
  spoke: PlannedSpoke,
  amendments: readonly Amendment[],
  now: string,
): Promise<MadePlan> {
  const { request } = spoke;
  // Awaited together: of two that fail at the same time none may be left without anybody who waits for it.
  const [observedFacts, multiFactor] = await Promise.all([
    azure.facts.observeSpokeFacts({
      subscriptionId: request.subscriptionId,
      location: request.location,
      virtualNetworkId: spokeNames(request, configuration, null).virtualNetwork,
      storageAccountId: configuration.flowLogs.storageAccountIds[request.location] ?? null,
      withSystemTopic: configuration.networkEvents !== null,
    }),
    multiFactorOf(azure, configuration, request),
  ]);
  const facts = { ...observedFacts, multiFactor };
  const state = desiredState({ ...spoke, configuration, facts });
  const proof = proveDesign(state.design);
  const wanted = new Set(state.resources.map(({ id }) => resourceIdKey(id)));
  const unwanted = spoke.resources.filter(({ id }) => !wanted.has(resourceIdKey(id)));
  const [observed, kept] = await Promise.all([
    observeAll(azure.resources, state.resources),
    keptPolicies(azure.conditionalAccess, unwanted),
  ]);
  const input: PlanInput = {
    spoke: request.name,
    desired: state.resources,
    observed,
    recorded: spoke.resources.filter(({ id }) => !kept.includes(id)),
    retiredSubnets: state.design.retiredSubnets,
    findings: [
      ...state.findings,
      ...kept.map(policyKept),
      ...amendmentFindings(amendments),
      ...overruledFindings(amendments, state.resources, observed),
    ],
    amendments,
  };
  const strict = planChanges(input);
  const granted = await justInTimeTolerances(azure, state.design, strict.changes, now);
  const plan = granted.length === 0 ? strict : planChanges({ ...input, amendments: [...amendments, ...granted] });
  return { plan: { ...plan, proof }, lanes: lanesOf(plan.changes), state };
}

/** A tool that may not read Conditional Access says so; the spoke itself does not depend on it. */
export async function multiFactorOf(
  azure: Pick<AzurePorts, "conditionalAccess">,
  configuration: PlatformConfiguration,
  { name, subscriptionId, application: { clientId } }: SpokeRequest,
): Promise<MultiFactorFact | null> {
  if (clientId === null || configuration.conditionalAccess === null) return null;
  try {
    const policy = await azure.conditionalAccess.findMfaPolicy(clientId);
    if (policy !== null) return { kind: "policy", ...policy };
    const own = multiFactorPolicyName(multiFactorPolicyId(name, subscriptionId, clientId));
    const state = await azure.conditionalAccess.stateOfPolicy(own);
    return { kind: "no-policy", ownPolicy: state === null ? null : own };
  } catch (error) {
    if (error instanceof RefusedError) return { kind: "unknown", reason: error.failure.message };
    throw error;
  }
}
