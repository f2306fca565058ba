import type { AzurePorts } from "../azure/ports.ts";
import type { Lane } from "../domain/lane.ts";
import type { Plan } from "../domain/plan.ts";
import { resourceIdKey } from "../domain/resource-id.ts";
import type { SpokeRecord } from "../domain/spoke-record.ts";
import { lanesOf } from "../spoke/lanes.ts";
import { membershipsOf, planRemoval } from "../spoke/plan-removal.ts";
import { observeResource } from "./observe-resource.ts";

/**
 * Plans the removal of a spoke from what its record knows; writes nothing.
 * @throws RefusedError or TransientError where Azure could not be asked.
 */
export async function makeRemovalPlan(
  azure: AzurePorts,
  record: SpokeRecord,
): Promise<{ readonly plan: Plan; readonly lanes: readonly Lane[] }> {
  const memberships = membershipsOf(record.resources, record.addressPrefix);
  const observed = new Map(
    await Promise.all(
      memberships.map(
        async (resource) => [resourceIdKey(resource.id), await observeResource(azure.resources, resource)] as const,
      ),
    ),
  );
  const plan = planRemoval({
    spoke: record.name,
    addressPrefix: record.addressPrefix,
    recorded: record.resources,
    observed,
  });
  return { plan, lanes: lanesOf(plan.changes) };
}
