import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appPrincipal, firstSubscription, type LocalAzure, startLocalAzure } from "../local-azure.ts";

const rg = `/subscriptions/${firstSubscription}/resourceGroups/rg-lro`;
const network = "api-version=2026-01-01";
const asg = (name: string) => `${rg}/providers/Microsoft.Network/applicationSecurityGroups/${name}?${network}`;
const vnet = `${rg}/providers/Microsoft.Network/virtualNetworks/vnet`;

let azure: LocalAzure;
beforeAll(async () => {
  azure = await startLocalAzure({ speed: 1 });
  await azure.request("PUT", `${rg}?api-version=2025-04-01`, { location: "westeurope" });
  await azure.request("PUT", `${vnet}?${network}`, {
    location: "westeurope",
    properties: { addressSpace: { addressPrefixes: ["10.20.0.0/22"] } },
  });
});
afterAll(() => azure.stop());

const pathOf = (url: unknown) => String(url).slice(azure.url.length);
const codeOf = (answer: { body: unknown }) => (answer.body as { error: { code: string } }).error.code;
const stateOf = (answer: { body: unknown }) =>
  (answer.body as { properties: { provisioningState: string } }).properties.provisioningState;

describe("a long-running PUT", () => {
  it("answers 201 with the way to follow it, and shows the resource updating", async () => {
    const accepted = await azure.request("PUT", asg("asg-follow"), { location: "westeurope" });
    expect(accepted.status).toBe(201);
    expect(accepted.headers["retry-after"]).toBe("10");
    expect(stateOf(accepted)).toBe("Updating");
    const operation = await azure.request("GET", pathOf(accepted.headers["azure-asyncoperation"]));
    expect(operation.body).toMatchObject({ status: "InProgress" });
    expect(stateOf(await azure.request("GET", asg("asg-follow")))).toBe("Updating");
    await azure.network().applicationSecurityGroups.get("rg-lro", "asg-follow");
  });

  it("asks for another look only while it runs", async () => {
    await using quick = await startLocalAzure({ speed: 20 });
    await quick.request("PUT", `${rg}?api-version=2025-04-01`, { location: "westeurope" });
    const accepted = await quick.request("PUT", asg("asg-polled"), { location: "westeurope" });
    const path = String(accepted.headers["azure-asyncoperation"]).slice(quick.url.length);
    const statusOf = async () => {
      const { body, headers } = await quick.request("GET", path);
      const { status } = body as { status: string };
      expect(headers["retry-after"]).toBe(status === "InProgress" ? "1" : undefined);
      return status;
    };
    await expect.poll(statusOf, { timeout: 10_000 }).toBe("Succeeded");
  });

  it("lets only its starter and readers of operations follow", async () => {
    const accepted = await azure.request("PUT", asg("asg-private"), { location: "westeurope" });
    const path = pathOf(accepted.headers["azure-asyncoperation"]);
    const other = await azure.request("GET", path, undefined, { as: appPrincipal });
    expect([other.status, codeOf(other)]).toEqual([403, "AuthorizationFailed"]);
    const unknown = await azure.request("GET", path.replace(/operations\/[^?]+/, "operations/none"));
    expect([unknown.status, codeOf(unknown)]).toEqual([404, "OperationNotFound"]);
  });

  it("refuses a second write of what it keeps busy", async () => {
    const subnet = (name: string) => `${vnet}/subnets/${name}?${network}`;
    const first = await azure.request("PUT", subnet("one"), { properties: { addressPrefix: "10.20.0.0/26" } });
    const busy =
      first.status === 409
        ? first
        : await azure.request("PUT", subnet("two"), { properties: { addressPrefix: "10.20.1.0/26" } });
    expect([busy.status, codeOf(busy)]).toEqual([409, "AnotherOperationInProgress"]);
  });
});

describe("a long-running DELETE", () => {
  it("answers 202 with Location, which ends with 204", async () => {
    await using quick = await startLocalAzure({ speed: 0 });
    await quick.resources().resourceGroups.createOrUpdate("rg-lro", { location: "westeurope" });
    await quick.request("PUT", asg("gone"), { location: "westeurope" });
    const accepted = await quick.request("DELETE", asg("gone"));
    expect(accepted.status).toBe(202);
    expect(accepted.headers["retry-after"]).toBe("1");
    const ended = await quick.request("GET", String(accepted.headers.location).slice(quick.url.length));
    expect(ended.status).toBe(204);
    expect((await quick.request("DELETE", asg("gone"))).status).toBe(204);
  });
});

describe("a restart", () => {
  it("keeps what was written and ends what was running, after kill -9", async () => {
    const before = await startLocalAzure({ speed: 2 });
    await before.request("PUT", `${rg}?api-version=2025-04-01`, { location: "westeurope" });
    const accepted = await before.request("PUT", asg("survivor"), { location: "westeurope", tags: { a: "b" } });
    const operation = String(accepted.headers["azure-asyncoperation"]).slice(before.url.length);
    const { identityHeader } = before.ready;
    await before.kill();
    await using after = await startLocalAzure({ speed: 2, dataDir: before.dataDir });
    expect(after.ready.identityHeader).toBe(identityHeader);
    expect((await after.request("GET", asg("survivor"))).body).toMatchObject({ tags: { a: "b" } });
    await expect
      .poll(async () => (await after.request("GET", operation)).body, { timeout: 10_000 })
      .toMatchObject({ status: "Succeeded" });
    expect(stateOf(await after.request("GET", asg("survivor")))).toBe("Succeeded");
    expect(await after.stop()).toBe(0);
  });
});

describe("the deletion of a resource group", () => {
  it("takes everything in it, users before what they use, and refuses writes meanwhile", async () => {
    await using quick = await startLocalAzure({ speed: 10 });
    const resources = quick.resources();
    const client = quick.network();
    await resources.resourceGroups.createOrUpdate("rg-lro", { location: "westeurope" });
    const nsg = await client.networkSecurityGroups.createOrUpdate("rg-lro", "nsg", { location: "westeurope" });
    await client.virtualNetworks.createOrUpdate("rg-lro", "vnet", {
      location: "westeurope",
      addressSpace: { addressPrefixes: ["10.20.0.0/22"] },
      subnets: [{ name: "front", addressPrefix: "10.20.0.0/26", networkSecurityGroup: { id: nsg.id ?? "" } }],
    });
    const accepted = await quick.request("DELETE", `${rg}?api-version=2025-04-01`);
    expect(accepted.status).toBe(202);
    const refused = await quick.request("PUT", asg("late"), { location: "westeurope" });
    expect([refused.status, codeOf(refused)]).toEqual([409, "ResourceGroupBeingDeleted"]);
    await expect
      .poll(async () => (await quick.request("GET", `${rg}?api-version=2025-04-01`)).status, { timeout: 10_000 })
      .toBe(404);
    const left: unknown[] = [];
    for await (const each of resources.resources.list()) left.push(each.id);
    expect(left.filter((id) => String(id).includes("rg-lro"))).toEqual([]);
  });

  it("stops at what is used from outside, naming it", async () => {
    await using quick = await startLocalAzure({ speed: 0 });
    const resources = quick.resources();
    const client = quick.network();
    for (const name of ["rg-used", "rg-user"])
      await resources.resourceGroups.createOrUpdate(name, { location: "westeurope" });
    const nsg = await client.networkSecurityGroups.createOrUpdate("rg-used", "nsg", { location: "westeurope" });
    await client.virtualNetworks.createOrUpdate("rg-user", "vnet", {
      location: "westeurope",
      addressSpace: { addressPrefixes: ["10.20.0.0/22"] },
      subnets: [{ name: "front", addressPrefix: "10.20.0.0/26", networkSecurityGroup: { id: nsg.id ?? "" } }],
    });
    await expect(resources.resourceGroups.delete("rg-used")).rejects.toMatchObject({
      code: "ResourceGroupDeletionBlocked",
    });
    expect((await resources.resourceGroups.get("rg-used")).properties?.provisioningState).toBe("Succeeded");
    await client.networkSecurityGroups.get("rg-used", "nsg");
  });
});
