import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { contractRequest, Portal } from "../spokes/portal.ts";
import { until } from "./watching.ts";

let portal: Portal;

beforeAll(async () => {
  portal = new Portal(await startStack({ speed: 0, enforcementMode: "enforce" }));
  await portal.provision(contractRequest);
}, 120_000);
afterAll(() => portal?.stack.stop());

const flowLog = `/subscriptions/${contractRequest.subscriptionId}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope/flowLogs/fl-orders-prod`;

/** Runs the timer as the Functions host's administrator does, and waits until what it does is seen. */
async function timerRuns<R>(what: string, seen: () => Promise<R | undefined | false>): Promise<R> {
  expect((await portal.call("POST", "/admin/functions/enforceFlowLogs", {})).status).toBe(202);
  return until(what, seen);
}

describe("the timer enforceFlowLogs", () => {
  test("a flow log that somebody deleted is back", async () => {
    await portal.arm("DELETE", flowLog);
    expect((await portal.arm("GET", flowLog)).status).toBe(404);
    await timerRuns("the flow log is back", async () => (await portal.arm("GET", flowLog)).status === 200);
    const { body } = await portal.arm("GET", flowLog);
    expect(body.properties).toMatchObject({ enabled: true, provisioningState: "Succeeded" });
    expect(body.tags).toMatchObject({ "zero-trust-spoke": "orders-prod" });
  }, 60_000);

  test("one that somebody switched off, or shortened, is as it was", async () => {
    const before = (await portal.arm("GET", flowLog)).body.properties;
    await portal.edit(flowLog, (body: { properties: { enabled: boolean; retentionPolicy: object } }) => {
      body.properties.enabled = false;
      body.properties.retentionPolicy = { days: 1, enabled: true };
    });
    await timerRuns("the flow log is mended", async () => (await portal.arm("GET", flowLog)).body.properties.enabled);
    expect((await portal.arm("GET", flowLog)).body.properties).toEqual(before);
  }, 60_000);
});
