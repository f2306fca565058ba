import type { Change } from "../domain/plan.ts";
import { resourceIdKey } from "../domain/resource-id.ts";
import type { RecordedResource } from "../domain/spoke-record.ts";

/**
 * Owned resources of an earlier run that are no longer desired, each after what used it: a network security group goes
 * when the subnet let go of it. What is shared or belongs to others is never deleted.
 */
export function deletions(recorded: readonly RecordedResource[], wanted: readonly Change[]): Change[] {
  const kept = new Set(wanted.map((change) => resourceIdKey(change.id)));
  const gone = recorded.filter((resource) => resource.ownership === "owned" && !kept.has(resourceIdKey(resource.id)));
  return gone.map((resource) => {
    const key = resourceIdKey(resource.id);
    const users = recorded.filter((other) => other.dependsOn.some((id) => resourceIdKey(id) === key));
    return {
      id: resource.id,
      type: resource.type,
      steps: resource.steps,
      action: "delete",
      differences: [],
      reasons: ["The request no longer asks for it."],
      dependsOn: users.map((user) => user.id),
      desired: null,
    };
  });
}
