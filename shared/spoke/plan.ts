import { RefusedError } from "../domain/errors.ts";
import type { Finding } from "../domain/finding.ts";
import type { Change, Plan } from "../domain/plan.ts";
import type { DesiredResource, ObservedResource } from "../domain/resource.ts";
import { resourceIdKey } from "../domain/resource-id.ts";
import type { RecordedResource } from "../domain/spoke-record.ts";
import { criticalPath } from "./critical-path.ts";
import { deletions } from "./deletions.ts";
import { differences } from "./difference.ts";
import { withRetiredMembers } from "./retired-members.ts";

/** What a plan is made of: what shall stand, what stands, and what an earlier run made. */
export interface PlanInput {
  readonly spoke: string;
  readonly desired: readonly DesiredResource[];
  /** By key of the desired id; absent or null where nothing stands. */
  readonly observed: ReadonlyMap<string, ObservedResource | null>;
  /** Resources of the last run of this spoke. */
  readonly recorded: readonly RecordedResource[];
  /** Subnets of tiers that the spoke once had. */
  readonly retiredSubnets: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * plan = desired − observed, as data. Pure and deterministic.
 * @throws RefusedError `PrerequisiteMissing` or `PrerequisiteDiffers` where the platform's part is not as it must be.
 */
export function planChanges(input: PlanInput): Plan {
  const wanted = input.desired.map((resource) => {
    const observed = input.observed.get(resourceIdKey(resource.id)) ?? null;
    return change(withRetiredMembers(resource, observed, input), observed);
  });
  const gone = deletions(input.recorded, wanted);
  const changes = [...wanted.map((entry) => afterItsUsersAreGone(entry, gone, input.recorded)), ...gone];
  return { version: 1, spoke: input.spoke, changes, findings: input.findings, criticalPath: criticalPath(changes) };
}

function change(desired: DesiredResource, observed: ObservedResource | null): Change {
  const common = {
    id: desired.id,
    type: desired.type,
    steps: desired.steps,
    dependsOn: desired.dependsOn,
    desired,
  };
  if (observed === null) {
    if (desired.ownership === "prerequisite") throw prerequisiteMissing(desired);
    return { ...common, action: "create", differences: [], reasons: ["It does not stand."] };
  }
  const found = differences(desired, observed);
  const failed = observed.provisioningState === "Failed";
  if (found.length === 0 && !failed) return { ...common, action: "none", differences: [], reasons: [] };
  if (desired.ownership === "prerequisite")
    throw prerequisiteDiffers(
      desired,
      found.map((d) => d.pointer),
    );
  const reasons = [
    ...(failed ? ["Azure says that its last operation failed."] : []),
    ...found.map((difference) => reason(difference.pointer, difference.desired, difference.observed)),
  ];
  return { ...common, action: "update", differences: found, reasons };
}

/** A subnet can only be taken out of its network when the load balancers in it are gone. */
function afterItsUsersAreGone(entry: Change, gone: readonly Change[], recorded: readonly RecordedResource[]): Change {
  if (entry.type !== "Microsoft.Network/virtualNetworks") return entry;
  const key = resourceIdKey(entry.id);
  const users = recorded.filter((resource) => resource.dependsOn.some((id) => resourceIdKey(id) === key));
  const going = gone.filter((deletion) => users.some((user) => user.id === deletion.id)).map((deletion) => deletion.id);
  return going.length === 0 ? entry : { ...entry, dependsOn: [...entry.dependsOn, ...going] };
}

function reason(pointer: string, desired: unknown, observed: unknown): string {
  if (observed === null || observed === undefined) return `${pointer} is missing.`;
  if (desired === null || desired === undefined) return `${pointer} should not be there.`;
  return `${pointer} is otherwise than it shall be.`;
}

function prerequisiteMissing(desired: DesiredResource): RefusedError {
  return new RefusedError({
    code: "PrerequisiteMissing",
    message: "The role definition for network managers does not stand, or the tool may not read it.",
    resourceId: desired.id,
    remedy: "Let the platform's owner run the bootstrap command once for the tenant (npm run bootstrap).",
  });
}

function prerequisiteDiffers(desired: DesiredResource, pointers: readonly string[]): RefusedError {
  return new RefusedError({
    code: "PrerequisiteDiffers",
    message: `The role definition for network managers is otherwise than the guidance has it: ${pointers.join(", ")}.`,
    resourceId: desired.id,
    remedy: "Find out who changed it, then let the platform's owner run the bootstrap command again.",
  });
}
