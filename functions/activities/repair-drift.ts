import type { DurableClient } from "durable-functions";
import type { SpokeCompliance } from "../../shared/domain/compliance.ts";
import { isForgotten } from "../../shared/domain/exemption.ts";
import { type Repair, spokesToRepair } from "../../shared/reconcile/sweep/repair-drift.ts";
import type { SweepTools } from "../../shared/reconcile/sweep/sweep-tools.ts";
import { Documents } from "../../shared/state/documents.ts";
import { measured } from "../../shared/telemetry/instruments.ts";
import { aboutSpoke } from "../../shared/telemetry/operation.ts";
import type { Composition } from "../composition.ts";
import { rerunSpoke } from "../rerun-spoke.ts";

/**
 * Runs drifted spokes of a subscription again, where the mode is `enforce`: as a PUT of the same request does, with
 * pauses that grow for what drifts again and again.
 */
export async function repairDrift(
  compose: Composition,
  { configuration, store, now }: SweepTools,
  client: DurableClient,
  { sweepId, subscriptionId }: { readonly sweepId: string; readonly subscriptionId: string },
): Promise<void> {
  if (configuration.enforcementMode !== "enforce") return;
  const repairs = new Documents<Repair>(await compose.blobs(), "compliance/repairs");
  const verdicts = await store.readVerdicts(subscriptionId);
  let repaired = 0;
  for (const { spoke, repair } of await spokesToRepair(verdicts?.value ?? [], repairs, now())) {
    // Written first: an activity that is repeated does not run a spoke twice.
    await repairs.put(repair);
    if ((await aboutSpoke(spoke, () => rerunSpoke(compose, client, spoke))) !== "started") continue;
    repaired += 1;
    measured.driftRestored("sweep", unwatchedDrift(verdicts?.value.filter((one) => one.spoke === spoke) ?? []));
  }
  const result = await store.readResult(sweepId, subscriptionId);
  if (result !== null) await store.writeResult(sweepId, subscriptionId, { ...result, repaired });
}

/** Resources that are not as they shall be, without those that the watch over networks takes for itself. */
export function unwatchedDrift(verdicts: readonly SpokeCompliance[]): number {
  return verdicts.reduce((sum, { drift }) => sum + drift.filter(({ watched }) => !watched).length, 0);
}

/** Forgets exemptions that expired long ago. */
export async function forgetExemptions(compose: Pick<Composition, "amendments" | "now">): Promise<void> {
  const amendments = await compose.amendments();
  for (const amendment of await amendments.list()) {
    if (isForgotten(amendment, compose.now())) await amendments.remove(amendment.id);
  }
}
