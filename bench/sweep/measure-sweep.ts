import { setTimeout as sleep } from "node:timers/promises";
import type { Stack } from "../../local/stack/stack.ts";
import { StackError } from "../../local/stack/stack-error.ts";
import type { ComplianceSweep } from "../../shared/domain/compliance.ts";
import { SweepStore } from "../../shared/reconcile/sweep/sweep-store.ts";
import type { State } from "../../shared/state/open-state.ts";
import { processLoad } from "../provision/process-load.ts";

/** What one sweep showed. */
export interface SweepMeasurement {
  readonly what: string;
  readonly sweep: ComplianceSweep;
  readonly score: number | null;
  readonly failing: number;
  /** Queries of Resource Graph: all, and those that were answered with 429 or 400. */
  readonly queries: number;
  readonly refused: number;
  readonly throttled: number;
  /** Queries with a query, scope and skip token that was asked before in this sweep. */
  readonly repeated: number;
  /** Other calls to Resource Manager. */
  readonly reads: number;
  readonly seconds: number;
  readonly cpuSeconds: number | null;
  readonly megabytes: number | null;
}

const appPrincipal = "55555555-5555-5555-5555-555555555555";

/** Runs a sweep to its end through the app's own API. `during` is called again and again while it runs. */
export async function measureSweep(
  stack: Stack,
  what: string,
  end: AbortSignal,
  during: (sweep: ComplianceSweep) => Promise<void> = async () => {},
): Promise<SweepMeasurement> {
  await stack.fetchAzure("/_local/requests", { method: "DELETE" });
  const before = processLoad(stack.functionsPid);
  const pid = stack.functionsPid;
  const startedAt = Date.now();
  const started = await stack.fetchFunctions("/api/compliance/sweep", "operator", { method: "POST" });
  if (started.status !== 202) throw new StackError(`The sweep was answered with ${started.status}`);
  const sweep = (await started.json()) as ComplianceSweep;
  for (;;) {
    await sleep(250, null, { signal: end });
    await during(sweep);
    const told = await sweepNow(stack);
    if (told?.id !== sweep.id || told.status === "Running") continue;
    if (told.status === "Failed") throw new StackError(`The sweep failed: ${told.error}`);
    const seconds = (Date.now() - startedAt) / 1000;
    const after = processLoad(stack.functionsPid);
    const spent =
      after === null || before === null
        ? null
        : stack.functionsPid === pid
          ? after.cpuSeconds - before.cpuSeconds
          : after.cpuSeconds;
    return {
      what,
      sweep: told,
      seconds,
      cpuSeconds: spent,
      megabytes: after?.peakMegabytes ?? null,
      ...(await calls(stack)),
      ...(await verdict(stack)),
    };
  }
}

/** Only the sweep: the whole report of thousands of spokes is large. */
async function sweepNow(stack: Stack): Promise<ComplianceSweep | null> {
  const response = await stack.fetchFunctions("/api/compliance?spoke=template", "reader", {}).catch(() => null);
  if (response === null || !response.ok) return null;
  return ((await response.json()) as { sweep: ComplianceSweep | null }).sweep;
}

async function verdict(stack: Stack): Promise<{ readonly score: number | null; readonly failing: number }> {
  const response = await stack.fetchFunctions("/api/compliance?spoke=template", "reader", {});
  const { history } = (await response.json()) as { history: readonly { score: number | null; failed: number }[] };
  const last = history.at(-1);
  return { score: last?.score ?? null, failing: last?.failed ?? 0 };
}

async function calls(stack: Stack) {
  const own = (await stack.azure.recordedRequests()).filter(
    ({ caller, url }) => JSON.stringify(caller).includes(appPrincipal) && !/\/msi\/token/i.test(url),
  );
  const queries = own.filter(({ url }) => url.includes("/providers/Microsoft.ResourceGraph/"));
  const reads = own.filter(({ url }) => /^(?:https:\/\/[^/]+)?\/+subscriptions\//.test(url));
  const answered = queries
    .filter(({ status }) => status === 200)
    .map((one) => JSON.stringify((one as { body?: unknown }).body));
  return {
    queries: queries.length,
    refused: queries.filter(({ status }) => status === 400).length,
    throttled: own.filter(({ status }) => status === 429).length,
    repeated: answered.length - new Set(answered).size,
    reads: reads.length,
  };
}

/** Whether half of so many pages were put down, and not all of them. */
export async function isHalfRead(state: State, { id }: ComplianceSweep, pages: number): Promise<boolean> {
  const progress = await new SweepStore(state.blobs).readProgress(id, "resources-0");
  return progress !== null && progress.next !== null && progress.pages >= pages / 2;
}
