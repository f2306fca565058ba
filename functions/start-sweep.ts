import type { DurableClient } from "durable-functions";
import type { ComplianceSweep } from "../shared/domain/compliance.ts";
import { StaleStateError } from "../shared/state/blob-state.ts";
import type { SweepReference } from "./activities/names.ts";
import type { Composition } from "./composition.ts";
import { startOnce } from "./http/start-run.ts";
import { orchestratorNames } from "./orchestrators/names.ts";
import { sweepStoreOf } from "./sweep-tools-of.ts";

/**
 * Sets a compliance sweep going, or answers the one that is: there is one at a time. The sweep is written down before its
 * orchestration starts, so that a crash between the two leaves one that the next call sets going.
 */
export async function startSweep(
  compose: Pick<Composition, "blobs" | "now">,
  client: DurableClient,
): Promise<ComplianceSweep> {
  const store = await sweepStoreOf(compose);
  for (;;) {
    const stored = await store.current();
    if (stored?.value.status === "Running") {
      await setGoing(client, stored.value);
      return stored.value;
    }
    const sweep = newSweep(compose.now());
    try {
      await store.writeCurrent(sweep, stored?.etag ?? null);
      await setGoing(client, sweep);
      return sweep;
    } catch (error) {
      if (!(error instanceof StaleStateError)) throw error;
    }
  }
}

async function setGoing(client: DurableClient, { id }: ComplianceSweep): Promise<void> {
  const input: SweepReference = { sweepId: id };
  await startOnce(client, orchestratorNames.sweepComplianceRun, `sweep-${id}`, input);
}

function newSweep(now: string): ComplianceSweep {
  return {
    id: now.replaceAll(/\D/g, ""),
    status: "Running",
    startedAt: now,
    finishedAt: null,
    spokes: 0,
    assessed: 0,
    resources: 0,
    calls: 0,
    repaired: 0,
    error: null,
  };
}
