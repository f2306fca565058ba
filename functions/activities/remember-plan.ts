import type { RecordedResource } from "../../shared/domain/spoke-record.ts";
import type { StoredPlan } from "../../shared/state/spoke-store.ts";
import type { Composition } from "../composition.ts";
import type { PlanAnswer, RunReference } from "./names.ts";

/** Before anything is written the record knows what will be: so a removal finds what a broken run left. */
export async function rememberPlan(
  compose: Composition,
  run: RunReference,
  { plan, lanes }: StoredPlan,
): Promise<PlanAnswer> {
  const planned: RecordedResource[] = plan.changes.flatMap(({ desired }) => {
    if (desired === null) return [];
    const { id, type, ownership, steps, dependsOn } = desired;
    const recorded = { id, type, ownership, steps, dependsOn };
    return [type === "Microsoft.Authorization/roleAssignments" ? { ...recorded, assignment: desired.body } : recorded];
  });
  const ids = new Set(planned.map((resource) => resource.id));
  const spokes = await compose.spokes();
  await spokes.updateRun(run.name, run.revision, (record) => ({
    ...record,
    findings: plan.findings,
    error: null,
    resources: [...planned, ...record.resources.filter((resource) => !ids.has(resource.id))],
  }));
  return { refused: false, lanes };
}
