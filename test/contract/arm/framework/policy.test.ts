import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firstSubscription, type LocalAzure, startLocalAzure } from "../local-azure.ts";

let azure: LocalAzure;
beforeAll(async () => {
  azure = await startLocalAzure();
  await azure.request("PUT", `${group}?api-version=2025-04-01`, { location: "westeurope" });
});
afterAll(() => azure.stop());

const subscription = `/subscriptions/${firstSubscription}`;
const group = `${subscription}/resourceGroups/rg-policy`;
const authorization = `${subscription}/providers/Microsoft.Authorization`;
const routeTable = (name: string) => `${group}/providers/Microsoft.Network/routeTables/${name}`;
const write = (name: string, body: object = {}) =>
  azure.request("PUT", `${routeTable(name)}?api-version=2025-01-01`, {
    location: "westeurope",
    properties: {},
    ...body,
  });

async function define(name: string, condition: object, effect = "deny") {
  const path = `${authorization}/policyDefinitions/${name}?api-version=2024-05-01`;
  // biome-ignore lint/suspicious/noThenProperty: the word of Azure Policy
  const policyRule = { if: condition, then: { effect } };
  return azure.request("PUT", path, { properties: { policyRule } });
}

async function assign(scope: string, name: string, more: object = {}) {
  const policyDefinitionId = `${authorization}/policyDefinitions/${name}`;
  const path = `${scope}/providers/Microsoft.Authorization/policyAssignments/${name}?api-version=2024-05-01`;
  return azure.request("PUT", path, { properties: { policyDefinitionId, ...more } });
}

async function withAssigned(condition: object, more: object, look: () => Promise<void>): Promise<void> {
  expect((await define("p", condition)).status).toBe(201);
  expect((await assign(group, "p", more)).status).toBe(201);
  try {
    await look();
  } finally {
    const path = `${group}/providers/Microsoft.Authorization/policyAssignments/p?api-version=2024-05-01`;
    expect((await azure.request("DELETE", path)).status).toBe(200);
  }
}

describe("an assigned policy denies", () => {
  test("what its rule meets, with Azure's code and the assignment's id, and no longer once it is taken away", async () => {
    const condition = { field: "type", equals: "microsoft.network/routetables" };
    await withAssigned(condition, {}, async () => {
      const refused = await write("rt-refused");
      expect(refused.status).toBe(403);
      expect(refused.body).toMatchObject({ error: { code: "RequestDisallowedByPolicy" } });
      expect(JSON.stringify(refused.body)).toContain(`${group}/providers/Microsoft.Authorization/policyAssignments/p`);
    });
    expect((await write("rt-refused")).status).toBe(201);
  });

  const isRouteTable = { field: "type", equals: "Microsoft.Network/routeTables" };
  test.each([
    ["allOf", { allOf: [isRouteTable, { field: "name", equals: "rt-x" }] }, true],
    ["allOf, one of which fails", { allOf: [isRouteTable, { field: "name", equals: "rt-y" }] }, false],
    ["anyOf", { anyOf: [{ field: "name", equals: "rt-y" }, isRouteTable] }, true],
    ["not", { not: isRouteTable }, false],
    ["in", { field: "location", in: ["northeurope", "WestEurope"] }, true],
    ["notIn", { field: "location", notIn: ["westeurope"] }, false],
    ["a missing tag", { field: "tags['cost center']", exists: "false" }, true],
    ["another tag", { field: "tags.owner", notEquals: "network" }, false],
  ])("by %s", async (_name, condition, denies) => {
    await withAssigned(condition, {}, async () => {
      expect((await write("rt-x", { tags: { owner: "network" } })).status).toBe(denies ? 403 : 201);
    });
    await azure.request("DELETE", `${routeTable("rt-x")}?api-version=2025-01-01`);
  });

  test("resource groups too; nothing where it is not enforced, or in a scope that it leaves out", async () => {
    const condition = { field: "type", in: ["Microsoft.Resources/subscriptions/resourceGroups", isRouteTable.equals] };
    await withAssigned(condition, {}, async () => {
      const path = `${group}?api-version=2025-04-01`;
      expect((await azure.request("PUT", path, { location: "westeurope" })).status).toBe(403);
    });
    await withAssigned(condition, { enforcementMode: "DoNotEnforce" }, async () => {
      expect((await write("rt-free")).status).toBe(201);
    });
    await withAssigned(condition, { notScopes: [group] }, async () => {
      expect((await write("rt-free")).status).toBe(200);
    });
  });
});

test("what is not modelled of Azure Policy is refused loudly", async () => {
  expect((await define("p", { field: "type", equals: "x" }, "audit")).status).toBe(501);
  expect((await define("p", { field: "type", like: "x*" })).status).toBe(501);
  expect((await define("p", { field: "Microsoft.Network/routeTables/routes", exists: true })).status).toBe(501);
  expect((await assign(group, "never-defined")).status).toBe(404);
});

describe("quotas", () => {
  test("a public IP address beyond what the subscription may have in the region is refused", async () => {
    const address = (name: string) => `${group}/providers/Microsoft.Network/publicIPAddresses/${name}`;
    const order = { subscriptionId: firstSubscription, location: "westeurope", name: "PublicIPAddresses", limit: 1 };
    await azure.control("POST", "quotas", order);
    const body = {
      location: "westeurope",
      sku: { name: "Standard" },
      properties: { publicIPAllocationMethod: "Static" },
    };
    const put = (name: string, location = "westeurope") =>
      azure.request("PUT", `${address(name)}?api-version=2025-01-01`, { ...body, location });
    expect((await put("pip-1")).status).toBe(201);
    expect(await put("pip-2")).toMatchObject({ status: 400, body: { error: { code: "PublicIPCountLimitReached" } } });
    expect((await put("pip-1")).status).toBe(200);
    expect((await put("pip-3", "northeurope")).status).toBe(201);
  });

  test("an order that names no quota is refused", async () => {
    await expect(azure.control("POST", "quotas", { name: "Cores" })).rejects.toThrow("400");
  });
});

test("tokens end when ordered, sooner where the services' clocks are ahead", async () => {
  const list = `${subscription}/resourcegroups?api-version=2025-04-01`;
  await azure.control("POST", "tokens", { lifetimeSeconds: 60 });
  expect((await azure.request("GET", list)).status).toBe(200);
  await azure.control("POST", "tokens", { lifetimeSeconds: 60, servicesAheadSeconds: 61 });
  expect(await azure.request("GET", list)).toMatchObject({
    status: 401,
    body: { error: { code: "ExpiredAuthenticationToken" } },
  });
});
