import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalAzure, startLocalAzure } from "../local-azure.ts";
import { codeOf, type Document, makeGroup, putResource, workspaceApi } from "./resources.ts";

let azure: LocalAzure;
let group: string;
beforeAll(async () => {
  azure = await startLocalAzure();
  group = await makeGroup(azure, "rg-logs");
});
afterAll(() => azure.stop());

const idOf = (name: string) => `${group}/providers/Microsoft.OperationalInsights/workspaces/${name}`;
const call = (method: string, id: string, body?: unknown) =>
  azure.request(method, `${id}?api-version=${workspaceApi}`, body);

describe("a Log Analytics workspace", () => {
  test("is created, read, listed, changed and deleted", async () => {
    const made = await putResource(azure, idOf("log-one"), workspaceApi, {
      location: "westeurope",
      tags: { owner: "platform" },
      properties: { sku: { name: "PerGB2018" }, retentionInDays: 90 },
    });
    expect(made).toMatchObject({
      name: "log-one",
      tags: { owner: "platform" },
      properties: { provisioningState: "Succeeded", retentionInDays: 90, publicNetworkAccessForQuery: "Enabled" },
    });
    expect(made.properties.customerId).toMatch(/^[0-9a-f-]{36}$/);
    for (const scope of [group, group.replace(/\/resourceGroups.*/, "")]) {
      const { body } = await call("GET", `${scope}/providers/Microsoft.OperationalInsights/workspaces`);
      expect((body as { value: Document[] }).value.map(({ name }) => name)).toContain("log-one");
    }
    const again = await putResource(azure, idOf("log-one"), workspaceApi, { location: "westeurope", properties: {} });
    expect(again.properties).toMatchObject({ customerId: made.properties.customerId, retentionInDays: 90 });
    const patched = await call("PATCH", idOf("log-one"), { properties: { retentionInDays: 30 } });
    expect([patched.status, (patched.body as Document).properties.retentionInDays]).toEqual([200, 30]);
    expect((await call("DELETE", idOf("log-one"))).status).toBeLessThan(300);
    await expect.poll(async () => (await call("GET", idOf("log-one"))).status).toBe(404);
    expect((await call("DELETE", idOf("log-one"))).status).toBe(204);
  });

  test.each([
    ["a short retention", "log-wrong", { properties: { retentionInDays: 7 } }, 400, "InvalidParameter"],
    ["an unknown sku", "log-wrong", { properties: { sku: { name: "Gold" } } }, 400, "InvalidParameter"],
    ["an unknown property", "log-wrong", { properties: { colour: "blue" } }, 400, "InvalidRequestContent"],
    ["no location", "log-wrong", { location: undefined }, 400, "LocationRequired"],
    ["replication", "log-wrong", { properties: { replication: {} } }, 501, "NotImplementedByLocalAzure"],
  ])("is refused with %s", async (_what, name, change, status, code) => {
    const answer = await call("PUT", idOf(name), { location: "westeurope", properties: {}, ...change });
    expect([answer.status, codeOf(answer.body)]).toEqual([status, code]);
  });

  test("needs a name of four letters and a resource group", async () => {
    expect((await call("PUT", idOf("log"), { location: "westeurope", properties: {} })).status).toBe(400);
    const orphan = idOf("log-orphan").replace("rg-logs", "rg-missing");
    const answer = await call("PUT", orphan, { location: "westeurope", properties: {} });
    expect([answer.status, codeOf(answer.body)]).toEqual([404, "ResourceGroupNotFound"]);
  });
});
