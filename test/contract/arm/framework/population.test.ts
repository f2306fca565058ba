import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { httpsCall } from "../https-call.ts";
import { appPrincipal, firstSubscription, type LocalAzure, startLocalAzure } from "../local-azure.ts";

let azure: LocalAzure;
beforeAll(async () => {
  azure = await startLocalAzure({ rolesDir: new URL("../../../../infra/roles", import.meta.url).pathname });
});
afterAll(async () => {
  await azure.stop();
  await rm(azure.dataDir, { recursive: true, force: true });
});

const group = `/subscriptions/${firstSubscription}/resourceGroups/rg-population`;
const network = (kind: string, name: string) => `${group}/providers/Microsoft.Network/${kind}/${name}`;
const api = "api-version=2026-01-01";
const populate = async (value: unknown) =>
  httpsCall(`${azure.url}/_local/resources`, azure.ca, { method: "POST", json: { value } });
type Document = Record<string, unknown> & { properties: Record<string, unknown> };

const rule = {
  name: "rule",
  properties: {
    protocol: "Tcp",
    sourcePortRange: "*",
    sourceAddressPrefix: "10.0.0.0/8",
    destinationPortRange: "443",
    destinationAddressPrefix: "*",
    access: "Allow",
    priority: 100,
    direction: "Inbound",
  },
};
const body = { location: "westeurope", tags: { a: "b" }, properties: { securityRules: [rule] } };

/** Without what is different at every making. */
function shape(document: unknown): unknown {
  const text = JSON.stringify(document).replaceAll(/nsg-(?:put|populated)/g, "nsg");
  return JSON.parse(text, (key, value) => (key === "etag" || key === "resourceGuid" ? undefined : value));
}

test("a populated resource is no other than one that was put, and no call or operation is left of it", async () => {
  const made = await populate([
    { id: group, body: { location: "westeurope", tags: { c: "d" } } },
    { id: network("networkSecurityGroups", "nsg-populated"), body },
  ]);
  expect([made.status, made.body]).toEqual([200, { stored: 2 }]);
  await azure.control("DELETE", "requests");
  await azure.network().networkSecurityGroups.createOrUpdate("rg-population", "nsg-put", {
    location: "westeurope",
    tags: { a: "b" },
    securityRules: [{ name: "rule", ...rule.properties }],
  });
  const read = async (name: string) =>
    (await azure.request("GET", `${network("networkSecurityGroups", name)}?${api}`)).body;
  expect(shape(await read("nsg-populated"))).toEqual(shape(await read("nsg-put")));
  const { value } = await azure.control<{ value: { url: string }[] }>("GET", "requests");
  expect(value.filter(({ url }) => url.includes("nsg-populated"))).toHaveLength(1);
  const again = await azure.request("PUT", `${network("networkSecurityGroups", "nsg-populated")}?${api}`, body);
  expect(again.status).toBe(200);
});

test("effects of a PUT follow: a machine's interface names it, a network gets its watcher", async () => {
  const subnet = `${network("virtualNetworks", "vnet")}/subnets/a`;
  const nic = network("networkInterfaces", "nic");
  const machine = `${group}/providers/Microsoft.Compute/virtualMachines/vm`;
  const made = await populate([
    {
      id: network("virtualNetworks", "vnet"),
      body: {
        location: "swedencentral",
        properties: {
          addressSpace: { addressPrefixes: ["10.8.0.0/16"] },
          subnets: [{ name: "a", properties: { addressPrefix: "10.8.0.0/24" } }],
        },
      },
    },
    {
      id: nic,
      body: {
        location: "swedencentral",
        properties: { ipConfigurations: [{ name: "ip", properties: { subnet: { id: subnet } } }] },
      },
    },
    {
      id: machine,
      body: {
        location: "swedencentral",
        properties: {
          hardwareProfile: { vmSize: "Standard_D2s_v5" },
          storageProfile: {},
          networkProfile: { networkInterfaces: [{ id: nic }] },
        },
      },
    },
  ]);
  expect(made.body).toEqual({ stored: 3 });
  const { properties } = (await azure.request("GET", `${nic}?${api}`)).body as Document;
  expect(properties.virtualMachine).toEqual({ id: machine });
  const watcher = `/subscriptions/${firstSubscription}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_swedencentral`;
  expect((await azure.request("GET", `${watcher}?${api}`)).status).toBe(200);
});

test("what a PUT refuses is refused, and what was stored before stands", async () => {
  const bad = { ...rule, properties: { ...rule.properties, priority: 5 } };
  const answer = await populate([
    { id: network("networkSecurityGroups", "nsg-before"), body },
    { id: network("networkSecurityGroups", "nsg-bad"), body: { ...body, properties: { securityRules: [bad] } } },
    { id: network("networkSecurityGroups", "nsg-after"), body },
  ]);
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({
    error: { code: "SecurityRuleInvalidPriority" },
    id: network("networkSecurityGroups", "nsg-bad"),
    stored: 1,
  });
  const status = async (name: string) =>
    (await azure.request("GET", `${network("networkSecurityGroups", name)}?${api}`)).status;
  expect([await status("nsg-before"), await status("nsg-bad"), await status("nsg-after")]).toEqual([200, 404, 404]);
});

test.each([
  ["a group that does not stand", `${group}-none/providers/Microsoft.Network/routeTables/rt`, 404],
  ["an inline child by itself", `${network("networkSecurityGroups", "nsg-before")}/securityRules/rule`, 501],
  ["an unknown type", `${group}/providers/Microsoft.Web/sites/site`, 501],
  ["no id", "nonsense", 501],
])("%s is refused", async (_what, id, status) => {
  expect((await populate([{ id, body: { location: "westeurope" } }])).status).toBe(status);
});

test("another shape of the order is refused", async () => {
  for (const value of [undefined, [{ id: group }], [{ id: 5, body: {} }], "nonsense"]) {
    expect((await populate(value)).status).toBe(400);
  }
});

test("orders of many megabytes are taken", async () => {
  const description = "x".repeat(140);
  const securityRules = Array.from({ length: 1000 }, (_, index) => ({
    name: `rule-${index}`,
    properties: { ...rule.properties, description, priority: 100 + index },
  }));
  const value = Array.from({ length: 20 }, (_, index) => ({
    id: network("networkSecurityGroups", `nsg-large-${index}`),
    body: { location: "westeurope", properties: { securityRules } },
  }));
  expect(JSON.stringify(value).length).toBeGreaterThan(4 * 1024 * 1024);
  expect((await populate(value)).body).toEqual({ stored: 20 });
});

test("a new subscription has its providers and the app's roles, and keeps them over a restart", async () => {
  const subscription = "12121212-0000-4000-8000-000000000001";
  const order = { subscriptionIds: [subscription, subscription.toUpperCase(), firstSubscription] };
  await azure.control("POST", "subscriptions", order);
  const rolesDir = new URL("../../../../infra/roles", import.meta.url).pathname;
  const check = async (on: LocalAzure) => {
    const list = (await on.request("GET", "/subscriptions?api-version=2022-12-01")).body as { value: unknown[] };
    expect(list.value).toHaveLength(32);
    const path = `/subscriptions/${subscription}/providers/Microsoft.Network?api-version=2021-04-01`;
    expect((await on.request("GET", path)).body).toMatchObject({ registrationState: "Registered" });
    const put = await on.request(
      "PUT",
      `/subscriptions/${subscription}/resourcegroups/rg-new?api-version=2021-04-01`,
      { location: "westeurope" },
      { as: appPrincipal },
    );
    expect(put.status).toBeLessThan(300);
  };
  await check(azure);
  await azure.kill();
  azure = await startLocalAzure({ dataDir: azure.dataDir, rolesDir });
  await check(azure);
});
