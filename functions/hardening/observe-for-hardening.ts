import { isStanding } from "../../shared/domain/spoke-record.ts";
import { observeStorages } from "../../shared/reconcile/flow-logs/observe-flow-logs.ts";
import { managedSubscriptions } from "../../shared/reconcile/flow-logs/observe-subscriptions.ts";
import { HardeningStore } from "../../shared/reconcile/hardening/hardening-store.ts";
import { observeHardening } from "../../shared/reconcile/hardening/observe-hardening.ts";
import { listOfSpoke, listOfSubscription } from "../../shared/reconcile/hardening/recommendation-store.ts";
import type { HardeningScope, PassReference } from "../activities/names.ts";
import type { Composition } from "../composition.ts";
import { recommendationStore } from "../recommendations.ts";

/** Sees in bulk what a hardening pass is about and stores it; answers the subscriptions and the spokes that stand. */
export async function observeForHardening(compose: Composition, { pass }: PassReference): Promise<HardeningScope> {
  const [configuration, { resourceGraph }, spokes, blobs] = await Promise.all([
    compose.configuration(),
    compose.azure(),
    compose.spokes(),
    compose.blobs(),
  ]);
  const records = await spokes.listRecords();
  const standing = records.filter(({ status }) => isStanding(status));
  const store = new HardeningStore(blobs);
  for (const { name, status } of records) if (status === "Removed") await store.forget(name);
  const owners = standing.map(({ subscriptionId }) => subscriptionId);
  const subscriptionIds = await managedSubscriptions(resourceGraph, configuration, owners);
  if (subscriptionIds.length === 0) return { subscriptionIds: [], spokes: [] };
  const sights = await observeHardening(resourceGraph, subscriptionIds);
  const storages = await observeStorages(resourceGraph, Object.values(configuration.flowLogs.storageAccountIds));
  await store.keepSights(pass, sights.values(), storages);
  const names = standing.map(({ name }) => name);
  const lists = [...subscriptionIds.map(listOfSubscription), ...names.map(listOfSpoke)];
  await (await recommendationStore(compose)).keep(lists);
  return { subscriptionIds, spokes: names };
}
