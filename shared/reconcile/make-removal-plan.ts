import type { AzurePorts } from "../azure/ports.ts";
import type { Lane } from "../domain/lane.ts";
import type { Plan } from "../domain/plan.ts";
import type { SpokeRecord } from "../domain/spoke-record.ts";
import { lanesOf } from "../spoke/lanes.ts";
import { policyKept } from "../spoke/multi-factor-findings.ts";
import { membershipsOf, planRemoval } from "../spoke/plan-removal.ts";
import { keptPolicies } from "./kept-policies.ts";
import { observeAll } from "./observe-resource.ts";

/**
 * Plans the removal of a spoke from what its record knows; writes nothing.
 * @throws RefusedError or TransientError where Azure could not be asked.
 */
export async function makeRemovalPlan(
  azure: AzurePorts,
  record: SpokeRecord,
): Promise<{ readonly plan: Plan; readonly lanes: readonly Lane[] }> {
  const memberships = membershipsOf(record.resources, record.addressPrefix);
  const [observed, kept] = await Promise.all([
    observeAll(azure.resources, memberships),
    keptPolicies(azure.conditionalAccess, record.resources),
  ]);
  const plan = planRemoval({
    spoke: record.name,
    addressPrefix: record.addressPrefix,
    recorded: record.resources.filter(({ id }) => !kept.includes(id)),
    findings: kept.map(policyKept),
    observed,
  });
  return { plan, lanes: lanesOf(plan.changes) };
}
