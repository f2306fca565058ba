import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalAzure, platformSubscription, startLocalAzure } from "../local-azure.ts";
import { codeOf, type Document, makeGroup } from "./resources.ts";

const api = "2023-07-01";
let azure: LocalAzure;
let group: string;
let tenantId: string;
beforeAll(async () => {
  azure = await startLocalAzure();
  group = await makeGroup(azure, "rg-vaults");
  const identity = await azure
    .identities()
    .userAssignedIdentities.createOrUpdate("rg-vaults", "id-tenant", { location: "westeurope" });
  tenantId = String(identity.tenantId);
});
afterAll(() => azure.stop());

const idOf = (name: string, scope = group) => `${scope}/providers/Microsoft.KeyVault/vaults/${name}`;
const call = (method: string, id: string, body?: unknown) => azure.request(method, `${id}?api-version=${api}`, body);
const vault = (change: object = {}) => ({
  location: "westeurope",
  properties: { tenantId, sku: { family: "A", name: "standard" }, enableRbacAuthorization: true, ...change },
});

describe("a key vault", () => {
  test("is created, read, listed, changed, deleted and recovered", async () => {
    expect((await call("PUT", idOf("kv-one"), vault())).status).toBe(201);
    const read = (await call("GET", idOf("kv-one"))).body as Document;
    expect(read.properties).toMatchObject({
      vaultUri: "https://kv-one.vault.azure.net/",
      enableRbacAuthorization: true,
      enableSoftDelete: true,
      accessPolicies: [],
    });
    const list = await call("GET", `${group}/providers/Microsoft.KeyVault/vaults`);
    expect((list.body as { value: Document[] }).value).toHaveLength(1);
    const closed = await call("PATCH", idOf("kv-one"), { properties: { publicNetworkAccess: "Disabled" } });
    expect((closed.body as Document).properties.publicNetworkAccess).toBe("Disabled");
    expect((await call("DELETE", idOf("kv-one"))).status).toBe(200);
    expect((await call("GET", idOf("kv-one"))).status).toBe(404);
    const again = await call("PUT", idOf("kv-one"), vault());
    expect([again.status, codeOf(again.body)]).toEqual([409, "ConflictError"]);
    expect((await call("PUT", idOf("kv-one"), vault({ createMode: "recover" }))).status).toBe(201);
    const back = (await call("GET", idOf("kv-one"))).body as Document;
    expect(back.properties.publicNetworkAccess).toBe("Disabled");
  });

  test("has a name of its own in all of Azure", async () => {
    await call("PUT", idOf("kv-unique"), vault());
    const foreign = await makeGroup(azure, "rg-vaults", platformSubscription);
    const answer = await call("PUT", idOf("kv-unique", foreign), vault());
    expect([answer.status, codeOf(answer.body)]).toEqual([409, "VaultAlreadyExists"]);
  });

  test("keeps its purge protection", async () => {
    await call("PUT", idOf("kv-purge"), vault({ enablePurgeProtection: true }));
    expect((await call("PATCH", idOf("kv-purge"), { properties: { enablePurgeProtection: false } })).status).toBe(400);
  });

  test.each([
    ["no tenant", "kv-wrong", { tenantId: undefined }],
    ["another tenant", "kv-wrong", { tenantId: "77777777-7777-4777-8777-777777777777" }],
    ["no sku", "kv-wrong", { sku: undefined }],
    ["neither roles nor policies", "kv-wrong", { enableRbacAuthorization: false }],
    ["no soft delete", "kv-wrong", { enableSoftDelete: false }],
    ["an unknown property", "kv-wrong", { colour: "blue" }],
    ["two hyphens", "kv--wrong", {}],
    ["a short name", "kv", {}],
  ])("is refused with %s", async (_what, name, change) => {
    expect((await call("PUT", idOf(name), vault(change))).status).toBe(400);
  });
});
