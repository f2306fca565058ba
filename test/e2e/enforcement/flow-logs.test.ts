import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { configuredStack } from "../spokes/configured-stack.ts";
import { contractRequest, idsOf, type Portal } from "../spokes/portal.ts";
import { machineIn, simulateFlows } from "./machines.ts";
import { until } from "./watching.ts";

let stack: Awaited<ReturnType<typeof configuredStack>>;
let portal: Portal;

beforeAll(async () => {
  // Without events: here, where writes take no time, the watch over networks would be there before the timer.
  stack = await configuredStack({ enforcementMode: "enforce", networkEvents: null });
  portal = stack.portal;
  await portal.provision(contractRequest);
}, 120_000);
afterAll(() => stack?.stop());

const flowLog = `/subscriptions/${contractRequest.subscriptionId}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope/flowLogs/fl-orders-prod`;

/** Runs the timer as the Functions host's administrator does, and waits until what it does is seen. */
async function timerRuns<R>(what: string, seen: () => Promise<R | undefined | false>): Promise<R> {
  expect((await portal.call("POST", "/admin/functions/enforceFlowLogs", {})).status).toBe(202);
  return until(what, seen, 60);
}

describe("the timer enforceFlowLogs", () => {
  test("trap 25: one that fell silent while a machine runs is switched off and on, and writes again", async () => {
    const { group, vnet } = idsOf("orders-prod");
    await machineIn(portal, { group, subnetId: `${vnet}/subnets/snet-app`, name: "app" });
    const hour = 3_600_000;
    const end = Math.floor(Date.now() / hour) * hour - 6 * hour;
    const flows = [{ from: "10.0.1.7", to: "snet-app", port: 443, perHour: 5 }];
    await simulateFlows(portal, { virtualNetworkId: vnet, from: end - 3 * hour, to: end, flows });
    const stop = await portal.stack.fetchAzure("/_local/flows", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ stopWriting: flowLog }),
    });
    expect(stop.status).toBe(204);
    await portal.writesOfApp();
    const switches = await timerRuns("the flow log is switched off and on", async () => {
      const requests = await portal.stack.azure.recordedRequests();
      const puts = requests.filter(
        ({ method, url }) => method === "PUT" && url.toLowerCase().includes(flowLog.toLowerCase()),
      );
      return (
        puts.length >= 2 && puts.map(({ body }) => (body as { properties: { enabled: boolean } }).properties.enabled)
      );
    });
    expect(switches).toEqual([false, true]);
    await until("the spoke tells it", async () => {
      const { body } = await portal.call("GET", "/api/spokes/orders-prod");
      return body.findings.some(({ code }: { code: string }) => code === "FlowLogSilent");
    });
    await simulateFlows(portal, { virtualNetworkId: vnet, from: end + hour, to: end + 2 * hour, flows });
  }, 120_000);

  test("a flow log that somebody deleted is back", async () => {
    await portal.arm("DELETE", flowLog);
    expect((await portal.arm("GET", flowLog)).status).toBe(404);
    await timerRuns("the flow log is back", async () => (await portal.arm("GET", flowLog)).status === 200);
    const { body } = await portal.arm("GET", flowLog);
    expect(body.properties).toMatchObject({ enabled: true, provisioningState: "Succeeded" });
    expect(body.tags).toMatchObject({ "zero-trust-spoke": "orders-prod" });
  }, 120_000);

  test("one that somebody switched off, or shortened, is as it was", async () => {
    const before = (await portal.arm("GET", flowLog)).body.properties;
    await portal.edit(flowLog, (body: { properties: { enabled: boolean; retentionPolicy: object } }) => {
      body.properties.enabled = false;
      body.properties.retentionPolicy = { days: 1, enabled: true };
    });
    await timerRuns("the flow log is mended", async () => (await portal.arm("GET", flowLog)).body.properties.enabled);
    expect((await portal.arm("GET", flowLog)).body.properties).toEqual(before);
  }, 120_000);

  test("a network that is no spoke gets a flow log too, and keeps its tags", async () => {
    const group = `/subscriptions/${contractRequest.subscriptionId}/resourceGroups/rg-shop`;
    await portal.arm("PUT", group, { location: "westeurope" }, "2021-04-01");
    const network = `${group}/providers/Microsoft.Network/virtualNetworks/vnet-shop`;
    await portal.arm("PUT", network, {
      location: "westeurope",
      tags: { team: "shop" },
      properties: { addressSpace: { addressPrefixes: ["10.99.0.0/24"] }, subnets: [] },
    });
    const own = flowLog.replace("fl-orders-prod", "fl-vnet-shop");
    await timerRuns("the network has a flow log", async () => {
      const { status, body } = await portal.arm("GET", own);
      return status === 200 && body.properties.provisioningState === "Succeeded";
    });
    const { properties } = (await portal.arm("GET", own)).body;
    expect(properties).toMatchObject({ enabled: true, targetResourceId: network });
    expect((await portal.arm("GET", network)).body.tags).toEqual({ team: "shop" });
  }, 120_000);
});
