import { amendmentsInForce } from "../../shared/domain/amendment.ts";
import { isStanding } from "../../shared/domain/spoke-record.ts";
import { enforceFlowLogs } from "../../shared/reconcile/flow-logs/enforce-flow-logs.ts";
import { FlowLogStore } from "../../shared/reconcile/flow-logs/flow-log-store.ts";
import { newestRecord } from "../../shared/reconcile/flow-logs/newest-record.ts";
import { measured } from "../../shared/telemetry/instruments.ts";
import type { Composition } from "../composition.ts";
import { recordsIn } from "../records-in.ts";
import type { SubscriptionOfPass } from "./names.ts";

/**
 * Activity: judges the flow logs of one subscription, makes them right in `enforce`, and writes the report. A repeated call
 * looks again: what the first made it finds. Nothing happens where a later pass has begun.
 */
export function enforceFlowLogsIn(compose: Composition): (input: SubscriptionOfPass) => Promise<void> {
  return async ({ pass, subscriptionId }) => {
    const store = new FlowLogStore(await compose.blobs());
    const seen = await store.readSight(pass, subscriptionId);
    if (seen === null) return;
    const [azure, turns, configuration] = await Promise.all([
      compose.azure(),
      compose.turns(),
      compose.configuration(),
    ]);
    const records = await recordsIn(compose, subscriptionId, isStanding);
    const amendments = records.length === 0 ? [] : await (await compose.amendments()).list();
    const report = await enforceFlowLogs(
      {
        resources: azure.resources,
        turns,
        configuration,
        spokeStatus: async (name) => (await (await compose.spokes()).readRecord(name))?.value.status ?? null,
        newestBlob: (flowLogId, storage) => newestRecord(azure, flowLogId, storage, compose.now()),
        now: compose.now,
      },
      {
        ...seen,
        spokes: records.map((record) => ({
          record,
          amendments: amendmentsInForce(amendments, record.name, compose.now()),
        })),
        before: (await store.reports.read(subscriptionId))?.value ?? null,
      },
    );
    await store.reports.put(report);
    const wrong = report.networks.filter(({ state }) => state === "Missing" || state === "Wrong" || state === "Silent");
    const mended = wrong.filter(({ action }) => action === "created" || action === "mended" || action === "restarted");
    measured.driftFound("flow-logs", wrong.length);
    measured.driftRestored("flow-logs", mended.length);
  };
}
