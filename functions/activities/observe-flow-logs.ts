import type { InvocationContext } from "@azure/functions";
import { isStanding } from "../../shared/domain/spoke-record.ts";
import { FlowLogStore } from "../../shared/reconcile/flow-logs/flow-log-store.ts";
import { observeFlowLogs, observeStorages } from "../../shared/reconcile/flow-logs/observe-flow-logs.ts";
import { managedSubscriptions } from "../../shared/reconcile/flow-logs/observe-subscriptions.ts";
import type { Composition } from "../composition.ts";
import type { PassReference } from "./names.ts";

/**
 * Activity: sees the flow logs of all managed subscriptions in bulk and stores what it saw. Answers the ids of the
 * subscriptions in which something is to be judged.
 */
export function observeFlowLogsOfPass(
  compose: Composition,
): (pass: PassReference, context: Pick<InvocationContext, "warn">) => Promise<readonly string[]> {
  return async ({ pass }, context) => {
    const [configuration, { resourceGraph }, spokes] = await Promise.all([
      compose.configuration(),
      compose.azure(),
      compose.spokes(),
    ]);
    const records = await spokes.listRecords();
    const standing = records.filter(({ status }) => isStanding(status));
    const ids = await managedSubscriptions(
      resourceGraph,
      configuration,
      standing.map(({ subscriptionId }) => subscriptionId),
    );
    if (ids.length === 0) return [];
    const sights = await observeFlowLogs(resourceGraph, ids);
    const storages = await observeStorages(resourceGraph, Object.values(configuration.flowLogs.storageAccountIds));
    const unreadable = [...sights.values()].filter(({ readable }) => !readable);
    if (unreadable.length > 0) {
      const told = unreadable.map(({ subscriptionId }) => subscriptionId).join(", ");
      context.warn(`Resource Graph shows nothing of ${told}: give the tool Reader there, or exclude them.`);
    }
    const store = new FlowLogStore(await compose.blobs());
    await store.keepSights(pass, sights.values(), storages);
    await store.keepReportsOf(ids);
    return ids;
  };
}
