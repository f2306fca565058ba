import type { ComplianceSweep } from "../../domain/compliance.ts";
import { addedWeights, noWeights, scoreOf } from "../../domain/compliance-score.ts";
import { StaleStateError } from "../../state/blob-state.ts";
import { measured } from "../../telemetry/instruments.ts";
import type { SweepTools } from "./sweep-tools.ts";

/**
 * Writes how a sweep ended, its point in the history, and forgets what it read. A sweep that failed leaves the verdicts
 * that it reached, and no point.
 * @param error why it failed; null where it did not
 */
export async function finishSweep(tools: SweepTools, id: string, error: string | null): Promise<void> {
  const { store } = tools;
  const scope = await store.readScope(id);
  const results = await store.allResults(id);
  const progress = await store.allProgress(id);
  const sum = (of: readonly number[]) => of.reduce((total, one) => total + one, 0);
  const spokes = sum(results.map((one) => one.spokes));
  const ended: Omit<ComplianceSweep, "id" | "startedAt"> = {
    status: error === null ? "Succeeded" : "Failed",
    finishedAt: tools.now(),
    spokes,
    assessed: sum(results.map((one) => one.assessed)),
    resources: sum(progress.map((one) => one.rows)),
    calls: sum(progress.map((one) => one.calls)) + (await store.countSettings(id)),
    repaired: sum(results.map((one) => one.repaired)),
    error,
  };
  if (error === null && scope !== null) {
    const weights = results.map((one) => one.weights).reduce(addedWeights, noWeights);
    const failed = sum(results.map((one) => one.failed));
    const score = scoreOf(weights);
    await store.addToHistory({ at: scope.startedAt, score, spokes, failed });
    if (score !== null) measured.complianceScore(score);
    await store.keepVerdictsOf(scope.subscriptions.map(({ subscriptionId }) => subscriptionId));
  }
  if (await writeEnd(tools, id, ended)) await store.forgetReadings();
}

/** Whether the sweep is still the one of now. */
async function writeEnd(
  { store }: SweepTools,
  id: string,
  ended: Omit<ComplianceSweep, "id" | "startedAt">,
): Promise<boolean> {
  for (;;) {
    const stored = await store.current();
    if (stored === null || stored.value.id !== id) return false;
    // An attempt before this one may have written the end, and died before it could answer.
    if (stored.value.status !== "Running") return true;
    try {
      await store.writeCurrent({ ...stored.value, ...ended }, stored.etag);
      return true;
    } catch (error) {
      if (!(error instanceof StaleStateError)) throw error;
    }
  }
}
