import type { InvocationContext } from "@azure/functions";
import * as df from "durable-functions";
import { recordDrift } from "../shared/reconcile/changes/record-drift.ts";
import { SweepStore } from "../shared/reconcile/sweep/sweep-store.ts";
import type { SweepTools } from "../shared/reconcile/sweep/sweep-tools.ts";
import type { Composition } from "./composition.ts";
import { networkResourceEntity } from "./entities/names.ts";
import { readFlowLogCoverage } from "./flow-log-coverage.ts";

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
    onDrift: async (_record, changes) => {
      const client = df.getClient(context);
      await recordDrift(changes, (resourceId) =>
        client.signalEntity(networkResourceEntity(resourceId), "sweep", { resourceId }),
      );
    },
    now: compose.now,
  };
}
