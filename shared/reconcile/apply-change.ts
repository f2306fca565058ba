import type { ResourcePorts } from "../azure/ports.ts";
import { RefusedError } from "../domain/errors.ts";
import type { Change, ChangeAction } from "../domain/plan.ts";
import type { DesiredResource, ObservedResource } from "../domain/resource.ts";
import { parseResourceId, resourceId } from "../domain/resource-id.ts";
import { differences } from "../spoke/difference.ts";
import { isSharedMembership, joinWishes, type SharedMembership } from "../spoke/join-wishes.ts";
import { isTaken, resourceTaken } from "../spoke/taken-resource.ts";
import type { SharedTurns } from "../state/shared-turns.ts";
import { portOf } from "./observe-resource.ts";

/** What the work on a change needs. */
export interface ChangeTools {
  readonly resources: ResourcePorts;
  readonly turns: SharedTurns;
  /** Name of the spoke whose plan it is. */
  readonly spoke: string;
}

/**
 * Makes one change of a plan. Idempotent: it looks first, and writes only what is otherwise than desired, so that
 * an attempt after a crash finds the work of the one before. Answers what was really done.
 * @throws RefusedError for what is permanent, TransientError for what is worth another attempt.
 */
export async function applyChange(tools: ChangeTools, change: Change): Promise<ChangeAction> {
  const { desired } = change;
  if (desired === null) {
    await portOf(tools.resources, change.type).remove(change.id, change.assignment);
    return "delete";
  }
  if (isSharedMembership(desired)) return join(tools, desired);
  const shared = sharedPlaceOf(desired);
  if (shared === null) return ensure(tools, change, desired);
  return tools.turns.inTurn(shared, tools.spoke, desired.id, () => ensure(tools, change, desired));
}

/**
 * Spokes join a shared resource one write at a time, and one write takes in all that wait (trap 10). Where Azure refuses
 * that write, another's wish may be the reason: then the own one goes alone.
 */
function join({ resources, turns, spoke }: ChangeTools, desired: SharedMembership): Promise<ChangeAction> {
  return turns.inTurn(desired.id, spoke, desired, async ({ others, assertHeld }) => {
    const port = portOf(resources, desired.type);
    // A write of an earlier life of this activity may still be at work.
    const observed = await (port.settle?.(desired) ?? port.observe(desired));
    if (stands(desired, observed)) return "none";
    const write = async (wanted: SharedMembership) => {
      assertHeld();
      await port.write(wanted, observed);
    };
    try {
      await write(joinWishes(desired, others));
    } catch (error) {
      if (!(error instanceof RefusedError) || others.length === 0) throw error;
      await write(desired);
    }
    return observed === null ? "create" : "update";
  });
}

/**
 * What spokes come to one after the other: the hub's network, of which a peering is the hub's side, because Azure takes
 * one write at a time there (trap 17); an application, so that spokes that publish the same one make one policy; and
 * what a subscription shares, so that of spokes that come at once the first makes it and the others find it.
 */
function sharedPlaceOf(desired: DesiredResource): string | null {
  if (desired.type === "Microsoft.Graph/conditionalAccessPolicies") {
    return resourceId("", "Microsoft.Graph/applications", desired.body.applicationId);
  }
  if (desired.ownership === "shared") return desired.id;
  if (desired.type !== "Microsoft.Network/virtualNetworks/virtualNetworkPeerings") return null;
  return desired.body.peeringState === null ? null : parseResourceId(desired.id).parentId;
}

async function ensure(
  { resources, spoke }: ChangeTools,
  change: Change,
  desired: DesiredResource,
): Promise<ChangeAction> {
  const port = portOf(resources, desired.type);
  const observed = await (port.settle?.(desired) ?? port.observe(desired));
  // Others may have made a resource of this name since the plan.
  if (change.action === "create" && observed !== null && isTaken(spoke, desired, observed)) {
    throw resourceTaken(spoke, observed);
  }
  if (stands(desired, observed)) return "none";
  if (desired.ownership === "prerequisite") throw prerequisiteDiffers(desired);
  await port.write(desired, observed);
  return observed === null ? "create" : "update";
}

function stands(desired: DesiredResource, observed: ObservedResource | null): boolean {
  if (observed === null || differences(desired, observed).length > 0) return false;
  return observed.provisioningState === null || observed.provisioningState === "Succeeded";
}

function prerequisiteDiffers(desired: DesiredResource): RefusedError {
  return new RefusedError({
    code: "PrerequisiteDiffers",
    message: "A resource that only the platform's owner may change is otherwise than it must be.",
    resourceId: desired.id,
    remedy: "Let the platform's owner run the bootstrap command again.",
  });
}
