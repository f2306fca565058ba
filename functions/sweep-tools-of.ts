import type { InvocationContext } from "@azure/functions";
import * as df from "durable-functions";
import { recordDrift } from "../shared/reconcile/changes/record-drift.ts";
import type { LearntTraffic } from "../shared/reconcile/sweep/known-of-spokes.ts";
import { SweepStore } from "../shared/reconcile/sweep/sweep-store.ts";
import type { SweepTools } from "../shared/reconcile/sweep/sweep-tools.ts";
import type { Composition } from "./composition.ts";
import { signalNetworkResource } from "./entities/signal-network-resource.ts";
import { readFlowLogCoverage } from "./flow-log-coverage.ts";
import { recommendationStore } from "./recommendations.ts";

/** What sweeps keep. */
export async function sweepStoreOf(compose: Pick<Composition, "blobs">): Promise<SweepStore> {
  return new SweepStore(await compose.blobs());
}

/**
 * What a sweep needs from outside.
 * @param context of an activity with a durable client, by which the watch over networks is told of drift
 */
export async function sweepToolsOf(compose: Composition, context: InvocationContext): Promise<SweepTools> {
  return {
    azure: await compose.azure(),
    configuration: await compose.configuration(),
    spokes: await compose.spokes(),
    store: await sweepStoreOf(compose),
    amendments: async () => (await compose.amendments()).list(),
    flowLogs: () => readFlowLogCoverage(compose),
    learnt: () => learntTraffic(compose),
    onDrift: async (_record, changes) => {
      const client = df.getClient(context);
      await recordDrift(changes, (resourceId) => signalNetworkResource(client, "sweep", { resourceId }));
    },
    now: compose.now,
  };
}

/** What the latest passes over traffic recommend for each spoke. */
async function learntTraffic(compose: Pick<Composition, "blobs">): Promise<LearntTraffic[]> {
  const lists = await (await recommendationStore(compose)).lists();
  return lists.flatMap(({ id, checkedAt, recommendations }) => {
    const spoke = /^spoke-(.+)$/.exec(id)?.[1];
    if (spoke === undefined) return [];
    const open = recommendations.filter(({ status, source }) => status === "Open" && source === "flow-logs");
    return [{ spoke, checkedAt, open: open.map(({ title }) => title) }];
  });
}
