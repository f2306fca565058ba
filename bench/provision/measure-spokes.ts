import { setTimeout as sleep } from "node:timers/promises";
import { hasSettled, parseSpokeView, type SpokeView } from "../../local/demo/spoke-view.ts";
import { type Stack, startStack } from "../../local/stack/stack.ts";
import { StackError } from "../../local/stack/stack-error.ts";
import { type CallCounts, callCounts } from "./call-counts.ts";
import { machineSeconds, processLoad } from "./process-load.ts";
import { type SpokeRequestBody, spokeRequests } from "./spoke-requests.ts";

/** What one run of so many spokes at once showed. Seconds are Azure's: of the clock, times the speed. */
export interface Measurement {
  readonly spokes: number;
  readonly calls: CallCounts;
  /** From the first request to the end of the last spoke. */
  readonly wallSeconds: number;
  /** Of one spoke, as the preview tells it: no order of work can be faster. */
  readonly criticalPathSeconds: number;
  /** Peak memory of the Functions host and CPU time, of the clock; null where the system does not tell. */
  readonly host: { readonly megabytes: number; readonly cpuSeconds: number } | null;
  readonly azureCpuSeconds: number | null;
  /** Share of the machine's CPU time that was in use while the spokes were made, 0 to 1. */
  readonly machineBusy: number;
}

/** Principal of the app's identity in local Azure's seed. */
const appPrincipal = "55555555-5555-5555-5555-555555555555";
const pollMilliseconds = 1_000;

/** Asks a stack of its own for so many spokes at the same moment. Throws StackError where one of them fails. */
export async function measureSpokes(count: number, speed: number, end: AbortSignal): Promise<Measurement> {
  await using stack = await startStack({ speed, signal: end });
  const requests = spokeRequests(count);
  const criticalPathSeconds = await previewedPath(stack, requests);
  await stack.fetchAzure("/_local/requests", { method: "DELETE" });
  const load = { host: processLoad(stack.functionsPid), azure: processLoad(stack.azurePid), machine: machineSeconds() };
  const startedAt = Date.now();
  await Promise.all(requests.map((request) => send(stack, "/api/spokes", request)));
  const views = await settled(stack, requests, end);
  const wallSeconds = (Math.max(...views.map(({ finishedAt }) => Date.parse(finishedAt ?? ""))) - startedAt) / 1000;
  const host = processLoad(stack.functionsPid);
  const azure = processLoad(stack.azurePid);
  const machine = machineSeconds();
  const spent = (now: typeof host, before: typeof host): number | null =>
    now === null || before === null ? null : now.cpuSeconds - before.cpuSeconds;
  const subscriptions = new Set(requests.map(({ subscriptionId }) => subscriptionId.toLowerCase()));
  return {
    spokes: count,
    calls: callCounts(await stack.azure.recordedRequests(), appPrincipal, subscriptions),
    wallSeconds: wallSeconds * speed,
    criticalPathSeconds,
    host: host === null ? null : { megabytes: host.peakMegabytes, cpuSeconds: spent(host, load.host) ?? 0 },
    azureCpuSeconds: spent(azure, load.azure),
    machineBusy: (machine.busy - load.machine.busy) / (machine.all - load.machine.all),
  };
}

/** The preview also wakes the app up: its first call loads the SDKs, which is no part of the work on a spoke. */
async function previewedPath(stack: Stack, [first]: readonly SpokeRequestBody[]): Promise<number> {
  const { criticalPath } = (await send(stack, "/api/spokes/plan", first)) as { criticalPath: { seconds: number } };
  return criticalPath.seconds;
}

async function send(stack: Stack, path: string, body: unknown): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  const response = await stack.fetchFunctions(path, "requester", {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new StackError(`POST ${path} was answered with ${response.status}:\n${text}`);
  return JSON.parse(text);
}

/** Asks for one spoke after the other, so that asking does not become the load. */
async function settled(
  stack: Stack,
  requests: readonly SpokeRequestBody[],
  end: AbortSignal,
): Promise<readonly SpokeView[]> {
  const views: SpokeView[] = [];
  for (const { name } of requests) {
    let view = await read(stack, name);
    for (; !hasSettled(view); view = await read(stack, name)) await sleep(pollMilliseconds, null, { signal: end });
    if (view.status !== "Succeeded") {
      throw new StackError(`${name} ended as ${view.status}: ${view.error?.code}: ${view.error?.message}`);
    }
    views.push(view);
  }
  return views;
}

async function read(stack: Stack, name: string): Promise<SpokeView> {
  const response = await stack.fetchFunctions(`/api/spokes/${name}`, "reader");
  return parseSpokeView(await response.json());
}
