import { afterAll, beforeAll, expect, test } from "vitest";
import { configuredStack } from "../spokes/configured-stack.ts";
import { contractRequest, type Portal } from "../spokes/portal.ts";
import { until } from "./watching.ts";

let stack: Awaited<ReturnType<typeof configuredStack>>;
let portal: Portal;

const group = `/subscriptions/${contractRequest.subscriptionId}/resourceGroups/rg-orders-prod`;
const network = `${group}/providers/Microsoft.Network`;
const networkId = `${network}/virtualNetworks/vnet-orders-prod`;

beforeAll(async () => {
  stack = await configuredStack({
    enforcement: { learningWindow: "P7D" },
  });
  portal = stack.portal;
  await portal.provision(contractRequest);
  for (const tier of ["front", "app", "data"]) await machineIn(tier);
  await portal.provision(contractRequest, "PUT");
  const hour = 3_600_000;
  const to = Math.floor(Date.now() / hour) * hour;
  const answer = await portal.stack.fetchAzure("/_local/flows", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      virtualNetworkId: networkId,
      from: new Date(to - 9 * 24 * hour).toISOString(),
      to: new Date(to).toISOString(),
      blocks: "hour",
      profile: {
        flows: [
          { from: "snet-front", to: "snet-app", port: 443, perHour: 20 },
          { from: "snet-app", to: "snet-data", port: 1433, perHour: 20 },
          { from: "10.0.1.7", to: "snet-front", port: 443, perHour: 2 },
        ],
        scans: 5,
      },
    }),
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
  console.log(await answer.json());
}, 240_000);
afterAll(() => stack?.stop());

async function machineIn(tier: string): Promise<void> {
  const nic = `${network}/networkInterfaces/nic-${tier}`;
  await portal.arm("PUT", nic, {
    location: "westeurope",
    properties: {
      ipConfigurations: [
        { name: "ip", properties: { primary: true, subnet: { id: `${networkId}/subnets/snet-${tier}` } } },
      ],
    },
  });
  const machine = await portal.arm(
    "PUT",
    `${group}/providers/Microsoft.Compute/virtualMachines/vm-${tier}`,
    {
      location: "westeurope",
      properties: {
        hardwareProfile: { vmSize: "Standard_D2s_v5" },
        storageProfile: { osDisk: { createOption: "FromImage" } },
        osProfile: { computerName: "vm", adminUsername: "azureuser", adminPassword: "not-shown-1A" },
        networkProfile: { networkInterfaces: [{ id: nic }] },
      },
    },
    "2024-07-01",
  );
  expect(machine.status).toBeLessThan(300);
}

test("explore", async () => {
  expect((await portal.call("POST", "/admin/functions/applyHardening", {})).status).toBe(202);
  const list = await until(
    "recommendations",
    async () => {
      const { body } = await portal.call("GET", "/api/recommendations");
      return body.value.some((one: { source: string }) => one.source === "flow-logs") ? body : undefined;
    },
    60,
  ).catch(async () => (await portal.call("GET", "/api/recommendations")).body);
  console.log(JSON.stringify(list.notes, null, 1));
  for (const one of list.value) console.log(one.source, one.severity, one.safe, one.keepsGuidance, one.title, one.scoreGain, one.spoke, JSON.stringify(one.replay), JSON.stringify(one.difference)?.slice(0, 300), one.reasons, one.advice);
  console.log(JSON.stringify(list.value[0], null, 1));
}, 120_000);
