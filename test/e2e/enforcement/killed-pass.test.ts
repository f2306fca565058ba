import { afterAll, beforeAll, expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { contractRequest, Portal } from "../spokes/portal.ts";
import { until } from "./watching.ts";

let portal: Portal;
const count = 12;
const subscription = `/subscriptions/${contractRequest.subscriptionId}/resourceGroups`;
const flowLog = (index: number) =>
  `${subscription}/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope/flowLogs/fl-vnet-${index}`;

beforeAll(async () => {
  portal = new Portal(await startStack({ speed: 20, enforcementMode: "enforce" }));
  await portal.arm("PUT", `${subscription}/rg-many`, { location: "westeurope" }, "2021-04-01");
  for (let index = 0; index < count; index++) {
    const addressPrefixes = [`10.${100 + index}.0.0/16`];
    await portal.arm("PUT", `${subscription}/rg-many/providers/Microsoft.Network/virtualNetworks/vnet-${index}`, {
      location: "westeurope",
      properties: { addressSpace: { addressPrefixes }, subnets: [] },
    });
  }
}, 120_000);
afterAll(() => portal?.stack.stop());

async function standing(): Promise<number> {
  const answers = await Promise.all(Array.from({ length: count }, (_, index) => portal.arm("GET", flowLog(index))));
  return answers.filter(({ body }) => body?.properties?.provisioningState === "Succeeded").length;
}

test("a pass whose host is killed on the way ends by itself, and makes no flow log twice", async () => {
  await portal.writesOfApp();
  expect((await portal.call("POST", "/admin/functions/enforceFlowLogs", {})).status).toBe(202);
  await until("the first flow logs stand", async () => (await standing()) >= 2, 60);
  expect(await standing()).toBeLessThan(count);
  await portal.stack.killFunctionsHost();
  await until("all flow logs stand", async () => (await standing()) === count, 120);
  const writes = (await portal.writesOfApp()).filter((write) => write.includes("/flowLogs/"));
  // The kill may have come between a write and its end: those that were under way then are looked at, not written anew.
  expect(writes.length).toBe(count);
  expect(new Set(writes).size).toBe(count);
}, 240_000);
