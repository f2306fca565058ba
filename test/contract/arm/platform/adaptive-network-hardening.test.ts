import { afterAll, beforeAll, expect, test } from "vitest";
import { type LocalAzure, startLocalAzure } from "../local-azure.ts";
import { inbound, type Machine, makeMachine } from "./defender-fixture.ts";
import { codeOf, collect } from "./resources.ts";

let azure: LocalAzure;
let machine: Machine;
beforeAll(async () => {
  azure = await startLocalAzure({ speed: 100 });
  machine = await makeMachine(azure, "hardened", { rules: [inbound("ssh", 100)], interfaceRules: [] });
});
afterAll(() => azure.stop());

const place = ["rg-hardened", "Microsoft.Compute", "virtualMachines", "hardened"] as const;
const rules = [
  {
    name: "web",
    direction: "Inbound",
    destinationPort: 443,
    protocols: ["TCP"],
    ipAddresses: ["10.0.0.0/8", "203.0.113.7"],
  },
  { name: "telnet", direction: "Inbound", destinationPort: 23, protocols: ["TCP", "UDP"], ipAddresses: [] },
];

test("is retired: Resource Manager knows no such type", async () => {
  const { adaptiveNetworkHardenings } = azure.security();
  const retired = { statusCode: 400, code: "InvalidResourceType" };
  await expect(collect(adaptiveNetworkHardenings.listByExtendedResource(...place))).rejects.toMatchObject(retired);
  await expect(adaptiveNetworkHardenings.get(...place, "default")).rejects.toMatchObject(retired);
  const enforced = adaptiveNetworkHardenings.beginEnforceAndWait(...place, "default", {
    rules: [],
    networkSecurityGroups: [],
  });
  await expect(enforced).rejects.toMatchObject(retired);
});

test("recommends what it was told to, and writes what is enforced", async () => {
  const order = { enabled: true, recommendations: [{ virtualMachineId: machine.id, rules }] };
  await azure.control("POST", "adaptive-network-hardening", order);
  const { adaptiveNetworkHardenings } = azure.security();
  const [listed, ...others] = await collect(adaptiveNetworkHardenings.listByExtendedResource(...place));
  expect(others).toEqual([]);
  const own = machine.nsgId.replace(/nsg$/, "nsg-nic");
  expect(listed).toMatchObject({
    name: "default",
    rules,
    effectiveNetworkSecurityGroups: [{ networkInterface: machine.nicId, networkSecurityGroups: [machine.nsgId, own] }],
  });
  const request = { rules: rules as never, networkSecurityGroups: [machine.nsgId] };
  const poller = await adaptiveNetworkHardenings.beginEnforce(...place, "default", request, { updateIntervalInMs: 50 });
  await poller.pollUntilDone();
  const { body } = await azure.request("GET", `${machine.nsgId}?api-version=2026-01-01`);
  const written = (body as { properties: { securityRules: unknown[] } }).properties.securityRules;
  expect(written).toMatchObject([
    { name: "ssh" },
    {
      name: "web",
      properties: {
        access: "Allow",
        priority: 101,
        protocol: "Tcp",
        sourceAddressPrefixes: ["10.0.0.0/8", "203.0.113.7"],
        destinationPortRange: "443",
        destinationAddressPrefix: "*",
      },
    },
    {
      name: "telnet",
      properties: {
        access: "Deny",
        priority: 102,
        protocol: "*",
        sourceAddressPrefix: "*",
        destinationPortRange: "23",
      },
    },
  ]);
  await (
    await adaptiveNetworkHardenings.beginEnforce(...place, "default", request, { updateIntervalInMs: 50 })
  ).pollUntilDone();
  const again = await azure.request("GET", `${machine.nsgId}?api-version=2026-01-01`);
  expect((again.body as { properties: { securityRules: unknown[] } }).properties.securityRules).toHaveLength(3);
});

test("answers for machines without recommendations, refuses wrong rules, and retires again", async () => {
  const path = `${machine.id}/providers/Microsoft.Security/adaptiveNetworkHardenings`;
  const enforce = (body: unknown) => azure.request("POST", `${path}/default/enforce?api-version=2020-01-01`, body);
  expect((await enforce({ rules, networkSecurityGroups: [`${machine.nsgId}-none`] })).status).toBe(400);
  expect(
    (await enforce({ rules: [{ ...rules[0], destinationPort: 70_000 }], networkSecurityGroups: [machine.nsgId] }))
      .status,
  ).toBe(400);
  await azure.control("POST", "adaptive-network-hardening", { enabled: true });
  expect((await azure.request("GET", `${path}?api-version=2020-01-01`)).body).toEqual({ value: [] });
  expect((await azure.request("GET", `${path}/default?api-version=2020-01-01`)).status).toBe(404);
  await azure.control("POST", "adaptive-network-hardening", { enabled: false });
  expect(codeOf((await azure.request("GET", `${path}?api-version=2020-01-01`)).body)).toBe("InvalidResourceType");
  await expect(azure.control("POST", "adaptive-network-hardening", { enabled: "yes" })).rejects.toThrow("400");
  const unknown = { enabled: true, recommendations: [{ virtualMachineId: `${machine.id}-none`, rules }] };
  await expect(azure.control("POST", "adaptive-network-hardening", unknown)).rejects.toThrow("404");
});
