import type { ResourcePorts } from "../azure/ports.ts";
import { RefusedError } from "../domain/errors.ts";
import type { Change, ChangeAction } from "../domain/plan.ts";
import type { DesiredResource } from "../domain/resource.ts";
import { differences } from "../spoke/difference.ts";
import { observeResource, portOf } from "./observe-resource.ts";

/**
 * Makes one change of a plan. Idempotent: it looks first, and writes only what is otherwise than desired, so that
 * an attempt after a crash finds the work of the one before. Answers what was really done.
 * @throws RefusedError for what is permanent, TransientError for what is worth another attempt.
 */
export async function applyChange(ports: ResourcePorts, change: Change): Promise<ChangeAction> {
  if (change.desired === null) {
    await portOf(ports, change.type).remove(change.id);
    return "delete";
  }
  return ensure(ports, change.desired);
}

async function ensure(ports: ResourcePorts, desired: DesiredResource): Promise<ChangeAction> {
  const observed = await observeResource(ports, desired);
  if (observed !== null && observed.provisioningState !== "Failed" && differences(desired, observed).length === 0) {
    return "none";
  }
  if (desired.ownership === "prerequisite") {
    throw new RefusedError({
      code: "PrerequisiteDiffers",
      message: "A resource that only the platform's owner may change is otherwise than it must be.",
      resourceId: desired.id,
      remedy: "Let the platform's owner run the bootstrap command again.",
    });
  }
  await portOf(ports, desired.type).write(desired, observed);
  return observed === null ? "create" : "update";
}
