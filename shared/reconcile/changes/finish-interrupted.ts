import type { NetworkChange } from "../../domain/network-change.ts";
import type { WatchedResource } from "../../domain/watched-resource.ts";
import { watchedResourceKey } from "../../domain/watched-resource-key.ts";
import { changedParts } from "../../spoke/changes/change-parts.ts";
import type { NarrowPlan } from "./narrow-plan.ts";
import type { WatchTools } from "./watch-tools.ts";

/**
 * A look that died between the restoration and its record is told here, by the next one: what it had found stands no
 * more, so it was restored. Answers the ids of the events that are told by that.
 */
export async function finishInterrupted(
  tools: WatchTools,
  resource: WatchedResource,
  plan: NarrowPlan,
): Promise<readonly string[]> {
  const id = watchedResourceKey(resource.resourceId);
  const left = await tools.restoring.read(id);
  if (left === null) return [];
  const { desired, differences } = plan.change;
  const standing =
    desired === null ? [] : changedParts(desired, plan.observed, differences).map(({ pointer }) => pointer);
  const told: string[] = [];
  for (const changeId of left.value.changeIds) {
    const change = await tools.changes.update(changeId, (found) => restoredBy(found, standing, tools.now()));
    if (change === null) continue;
    await tools.tell(change);
    if (change.status !== "Open" && change.origin !== null) told.push(change.origin.eventId);
  }
  await tools.restoring.remove(id);
  return told;
}

function restoredBy(change: NetworkChange, standing: readonly string[], now: string): NetworkChange {
  const isOpen = change.status === "Open" && change.prior.some(({ pointer }) => standing.includes(pointer));
  return change.status !== "Open" || isOpen ? change : { ...change, status: "Restored", restoredAt: now };
}
