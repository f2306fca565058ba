import type { Finding } from "../domain/finding.ts";
import type { Change, Plan } from "../domain/plan.ts";
import type { ObservedResource } from "../domain/resource.ts";
import { resourceIdKey } from "../domain/resource-id.ts";
import { runVersion } from "../domain/run-version.ts";
import type { RecordedResource } from "../domain/spoke-record.ts";
import { criticalPath } from "./critical-path.ts";
import { deletions } from "./deletions.ts";
import { differences } from "./difference.ts";
import type { SharedMembership } from "./join-wishes.ts";
import { withRetiredMembers } from "./retired-members.ts";

/** What the plan of a removal is made of. */
export interface RemovalInput {
  readonly spoke: string;
  readonly addressPrefix: string;
  readonly recorded: readonly RecordedResource[];
  /** Shared resources of the record as they stand, by key of their id. */
  readonly observed: ReadonlyMap<string, ObservedResource | null>;
  /** What a person should know about what stays. */
  readonly findings: readonly Finding[];
}

/**
 * The plan towards "absent": what is ours goes in reverse order, memberships in what others share are given up, and
 * what the subscription shares stays (design: adopted, never removed).
 */
export function planRemoval(input: RemovalInput): Plan {
  const leaving = input.recorded.flatMap((resource) => {
    const observed = input.observed.get(resourceIdKey(resource.id)) ?? null;
    return observed === null ? [] : leave(input, resource, observed);
  });
  const changes = [...leaving, ...deletions(input.recorded, leaving)];
  return {
    version: runVersion,
    spoke: input.spoke,
    changes,
    findings: input.findings,
    criticalPath: criticalPath(changes),
  };
}

/** Memberships of the record, as a removal observes them. */
export function membershipsOf(recorded: readonly RecordedResource[], addressPrefix: string): SharedMembership[] {
  return recorded.flatMap((resource): SharedMembership[] => {
    const common = { id: resource.id, ownership: "membership", steps: resource.steps, dependsOn: [] } as const;
    if (resource.type === "Microsoft.Network/ipGroups") {
      const body = { location: "", ipAddresses: [] };
      return [{ ...common, type: resource.type, body, retired: [addressPrefix] }];
    }
    if (resource.type === "Microsoft.Network/firewallPolicies/ruleCollectionGroups") {
      return [{ ...common, type: resource.type, body: { priority: 0, networkRules: [], applicationRules: [] } }];
    }
    return [];
  });
}

function leave(input: RemovalInput, resource: RecordedResource, observed: ObservedResource): Change[] {
  const [membership] = membershipsOf([resource], input.addressPrefix);
  if (membership === undefined) return [];
  const kept = { ...membership, body: { ...membership.body, ...ownersPart(observed) } } as SharedMembership;
  const desired = withRetiredMembers(kept, observed, { spoke: input.spoke, retiredSubnets: [] });
  const found = differences(desired, observed);
  return [
    {
      id: resource.id,
      type: resource.type,
      steps: resource.steps,
      action: found.length === 0 ? "none" : "update",
      differences: found,
      reasons: found.length === 0 ? [] : ["The spoke is removed and leaves what others share."],
      dependsOn: [],
      desired,
    },
  ];
}

/** What a write must repeat although it is not the spoke's to decide. */
function ownersPart({ body }: ObservedResource): { readonly location?: string; readonly priority?: number } {
  if ("priority" in body) return { priority: body.priority };
  return "location" in body ? { location: body.location } : {};
}
