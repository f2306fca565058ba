import type { Finding } from "../shared/domain/finding.ts";
import type { SpokeRecord } from "../shared/domain/spoke-record.ts";
import { FlowLogStore } from "../shared/reconcile/flow-logs/flow-log-store.ts";
import { listOfSpoke } from "../shared/reconcile/hardening/recommendation-store.ts";
import type { Composition } from "./composition.ts";
import { recommendationStore } from "./recommendations.ts";

/** What the timers have found about a spoke that stands: its flow log, and what accepted recommendations block. */
export async function standingFindings(
  compose: Pick<Composition, "blobs">,
  { name, status, request }: SpokeRecord,
): Promise<readonly Finding[]> {
  if (status !== "Succeeded") return [];
  const reports = new FlowLogStore(await compose.blobs()).reports;
  const [report, list] = await Promise.all([
    reports.read(request.subscriptionId.toLowerCase()),
    recommendationStore(compose).then((store) => store.read(listOfSpoke(name))),
  ]);
  const networks = report?.value.networks.filter(({ spoke }) => spoke === name) ?? [];
  return [...networks, ...(list?.recommendations ?? [])].flatMap(({ findings }) => findings);
}
