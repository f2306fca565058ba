import type { Change } from "../domain/plan.ts";
import { resourceIdKey } from "../domain/resource-id.ts";
import type { RecordedResource } from "../domain/spoke-record.ts";

/**
 * Owned resources of an earlier run that are no longer desired, each after what used it: a network security group goes
 * when the subnet let go of it, a load balancer when the network interfaces left its pool. Users are those of the
 * record, and those that the observed state shows. What is shared or belongs to others is never deleted.
 */
export function deletions(recorded: readonly RecordedResource[], wanted: readonly Change[]): Change[] {
  const kept = new Set(wanted.map((change) => resourceIdKey(change.id)));
  const gone = recorded.filter((resource) => resource.ownership === "owned" && !kept.has(resourceIdKey(resource.id)));
  return gone.map((resource) => {
    const key = resourceIdKey(resource.id);
    const users = recorded.filter((other) => other.dependsOn.some((id) => resourceIdKey(id) === key));
    const leaving = wanted.filter((change) => letsGoOf(change, key));
    return {
      id: resource.id,
      type: resource.type,
      steps: resource.steps,
      action: "delete",
      differences: [],
      reasons: ["The request no longer asks for it."],
      dependsOn: [...new Set([...users, ...leaving].map((user) => user.id))],
      desired: null,
      ...(resource.assignment === undefined ? {} : { assignment: resource.assignment }),
    };
  });
}

/** Whether a change takes away a reference to the resource, or to a part of it such as a load balancer's pool. */
function letsGoOf(change: Change, key: string): boolean {
  const names = (value: unknown): boolean => {
    if (typeof value === "string") {
      const id = resourceIdKey(value);
      return id === key || id.startsWith(`${key}/`);
    }
    return typeof value === "object" && value !== null && Object.values(value).some(names);
  };
  return change.differences.some((difference) => names(difference.observed) && !names(difference.desired));
}
