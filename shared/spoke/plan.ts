import type { Amendment } from "../domain/amendment.ts";
import { RefusedError } from "../domain/errors.ts";
import type { Finding } from "../domain/finding.ts";
import type { Change, Plan } from "../domain/plan.ts";
import type { DesiredResource, ObservedResource } from "../domain/resource.ts";
import { resourceIdKey, resourceName } from "../domain/resource-id.ts";
import { runVersion } from "../domain/run-version.ts";
import type { RecordedResource } from "../domain/spoke-record.ts";
import { amend } from "./amend.ts";
import { criticalPath } from "./critical-path.ts";
import { deletions } from "./deletions.ts";
import { differences } from "./difference.ts";
import { withRetiredMembers } from "./retired-members.ts";
import { isTaken, resourceTaken } from "./taken-resource.ts";

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
  /** Those in force for the spoke. */
  readonly amendments?: readonly Amendment[];
}

/**
 * plan = desired − observed, as data. Pure and deterministic. What carries the spoke's tag is adopted, so that a spoke
 * whose record was lost comes back under the tool's hand.
 * @throws RefusedError `ResourceGroupTaken` or `ResourceTaken` where a resource of others stands under a name of the
 * spoke; `PrerequisiteMissing` or `PrerequisiteDiffers` where the platform's part is not as it must be.
 */
export function planChanges(input: PlanInput): Plan {
  refuseTaken(input);
  const wanted = input.desired.map((resource) => {
    const observed = input.observed.get(resourceIdKey(resource.id)) ?? null;
    return changeOf(withRetiredMembers(resource, observed, input), observed, input.amendments ?? []);
  });
  const gone = deletions(input.recorded, wanted);
  const changes = [...wanted.map((entry) => afterItsUsersAreGone(entry, gone, input)), ...gone];
  const { spoke, findings } = input;
  return { version: runVersion, spoke, changes, findings, criticalPath: criticalPath(changes) };
}

/** The group first: where it is taken, all that is in it is a consequence. */
function refuseTaken({ spoke, desired, observed, recorded }: PlanInput): void {
  const known = new Set(recorded.map((resource) => resourceIdKey(resource.id)));
  const taken = desired.flatMap((resource) => {
    const standing = observed.get(resourceIdKey(resource.id)) ?? null;
    if (standing === null || known.has(resourceIdKey(resource.id))) return [];
    return isTaken(spoke, resource, standing) ? [standing] : [];
  });
  const first = taken.find((standing) => standing.type === "Microsoft.Resources/resourceGroups") ?? taken[0];
  if (first !== undefined) throw resourceTaken(spoke, first);
}

/** What has to happen to one resource, whose desired state is amended first. */
export function changeOf(
  unamended: DesiredResource,
  observed: ObservedResource | null,
  amendments: readonly Amendment[],
): Change {
  const { desired, asItStands } = amend(unamended, observed, amendments);
  const { id, type, steps, dependsOn } = desired;
  const common = { id, type, steps, dependsOn, desired };
  const nothing: Change = { ...common, action: "none", differences: [], reasons: [] };
  if (asItStands) return nothing;
  if (observed === null) {
    if (desired.ownership === "prerequisite") throw prerequisiteMissing(desired);
    return { ...common, action: "create", differences: [], reasons: ["It does not stand."] };
  }
  const found = differences(desired, observed);
  const failed = observed.provisioningState === "Failed";
  if (found.length === 0 && !failed) return nothing;
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

/**
 * A subnet can only be taken out of its network when the load balancers in it are gone. A load balancer whose subnet
 * stays does not hold up the network: it may itself wait for interfaces that move to one which the network bears.
 */
function afterItsUsersAreGone(entry: Change, gone: readonly Change[], input: PlanInput): Change {
  if (entry.type !== "Microsoft.Network/virtualNetworks") return entry;
  const key = resourceIdKey(entry.id);
  const users = input.recorded.filter((resource) => resource.dependsOn.some((id) => resourceIdKey(id) === key));
  const going = gone
    .filter((deletion) => users.some((user) => user.id === deletion.id) && !staysInItsSubnet(deletion, input))
    .map((deletion) => deletion.id);
  return going.length === 0 ? entry : { ...entry, dependsOn: [...entry.dependsOn, ...going] };
}

function staysInItsSubnet(deletion: Change, { spoke, retiredSubnets }: PlanInput): boolean {
  if (deletion.type !== "Microsoft.Network/loadBalancers") return false;
  const tier = resourceName(deletion.id).slice(`lbi-${spoke}-`.length);
  return !retiredSubnets.includes(`snet-${tier}`);
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
