import type { NetworkChange } from "../../domain/network-change.ts";
import type { WatchedResource } from "../../domain/watched-resource.ts";
import { watchedResourceKey } from "../../domain/watched-resource-key.ts";
import { changedParts } from "../../spoke/changes/change-parts.ts";
import type { NarrowPlan } from "./narrow-plan.ts";
import type { WatchTools } from "./watch-tools.ts";

/**
 * A look that died on its way from the restoration to the memory of its resource is finished here, by the next one: what
 * it had found stands no more, so it was restored. Answers the ids of the waiting events that are told by that.
 */
export async function finishInterrupted(
  tools: WatchTools,
  resource: WatchedResource,
  plan: NarrowPlan,
): Promise<readonly string[]> {
  const latest = (await tools.restorations.read(watchedResourceKey(resource.resourceId)))?.value;
  if (latest === undefined) return [];
  const again = latest.eventIds.filter((id) => resource.waiting.some(({ origin }) => origin.eventId === id));
  if (latest.done) return again;
  const { desired, differences } = plan.change;
  const standing =
    desired === null ? [] : changedParts(desired, plan.observed, differences).map(({ pointer }) => pointer);
  let isOver = true;
  for (const changeId of latest.changeIds) {
    const change = await tools.changes.update(changeId, (found) => restoredBy(found, standing, tools.now()));
    if (change?.status === "Open") isOver = false;
    else if (change !== null) await tools.tell(change);
  }
  await tools.restorations.put({ ...latest, done: true });
  return isOver ? again : [];
}

function restoredBy(change: NetworkChange, standing: readonly string[], now: string): NetworkChange {
  const isOpen = change.status === "Open" && change.prior.some(({ pointer }) => standing.includes(pointer));
  return change.status !== "Open" || isOpen ? change : { ...change, status: "Restored", restoredAt: now };
}
