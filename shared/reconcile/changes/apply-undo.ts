import { RefusedError, TransientError } from "../../domain/errors.ts";
import type { NetworkChange } from "../../domain/network-change.ts";
import type { WatchedResource } from "../../domain/watched-resource.ts";
import { portOf } from "../observe-resource.ts";
import { narrowPlan } from "./narrow-plan.ts";
import { restore } from "./restore.ts";
import type { WatchTools } from "./watch-tools.ts";
import { watchedSpoke } from "./watched-spoke.ts";

/**
 * Makes stand again what a restoration took away. The exemption that keeps it is in force already, so that a crash in
 * between leaves what the next look, or the same call again, brings to the same end.
 */
export async function applyUndo(
  tools: WatchTools,
  resource: WatchedResource,
  changeId: string,
): Promise<WatchedResource> {
  const change = (await tools.changes.read(changeId))?.value;
  if (change === undefined || change.undo === null || change.status === "Undone") return resource;
  try {
    await bringBack(tools, change);
    await tools.changes.update(changeId, (standing) => ({ ...standing, status: "Undone", error: null }));
    return resource;
  } catch (error) {
    if (!(error instanceof RefusedError || error instanceof TransientError)) throw error;
    await tools.changes.update(changeId, (standing) => ({ ...standing, error: error.failure }));
    return resource;
  }
}

async function bringBack(tools: WatchTools, change: NetworkChange): Promise<void> {
  const { azure, configuration } = tools;
  const spoke = await watchedSpoke(azure, tools.spokes, change.resourceId);
  if (spoke === null) return;
  if (change.prior.some(({ pointer, value }) => pointer === "" && value === null)) {
    // It had been deleted.
    await portOf(azure.resources, change.type).remove(change.resourceId);
    return;
  }
  const amendments = await tools.amendmentsOf(spoke.record.name);
  const plan = await narrowPlan(azure, configuration, spoke, change.resourceId, amendments, tools.now());
  if (plan !== null && plan.change.action !== "none") await restore(tools, plan);
}
