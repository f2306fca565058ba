import type { FlowLogCoverage, FlowLogReport } from "../shared/domain/flow-log-coverage.ts";
import { FlowLogStore } from "../shared/reconcile/flow-logs/flow-log-store.ts";
import type { Composition } from "./composition.ts";

/** The reports of the latest passes over flow logs, one for each subscription. */
export async function readFlowLogReports(compose: Pick<Composition, "blobs">): Promise<readonly FlowLogReport[]> {
  return new FlowLogStore(await compose.blobs()).reports.list();
}

/** Every network that is looked after, with its flow log as the latest pass found it; empty before the first pass. */
export async function readFlowLogCoverage(compose: Pick<Composition, "blobs">): Promise<readonly FlowLogCoverage[]> {
  return (await readFlowLogReports(compose)).flatMap(({ networks }) => networks);
}
