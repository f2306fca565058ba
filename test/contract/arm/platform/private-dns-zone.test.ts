import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalAzure, startLocalAzure } from "../local-azure.ts";
import { codeOf, type Document, makeGroup, makeVirtualNetwork, putResource } from "./resources.ts";

const api = "2024-06-01";
let azure: LocalAzure;
let group: string;
let vnet: string;
beforeAll(async () => {
  azure = await startLocalAzure();
  group = await makeGroup(azure, "rg-dns");
  vnet = await makeVirtualNetwork(azure, group, "vnet-dns");
});
afterAll(() => azure.stop());

const zoneOf = (name: string, scope = group) => `${scope}/providers/Microsoft.Network/privateDnsZones/${name}`;
const call = (method: string, id: string, body?: unknown) => azure.request(method, `${id}?api-version=${api}`, body);
const zone = { location: "global", properties: {} };
const link = (id: string, registrationEnabled = false) => ({
  location: "global",
  properties: { virtualNetwork: { id }, registrationEnabled },
});

describe("a private DNS zone", () => {
  test("is created, linked, read, listed, unlinked and deleted", async () => {
    const id = zoneOf("privatelink.database.windows.net");
    const made = await putResource(azure, id, api, zone);
    expect(made.properties).toMatchObject({ numberOfVirtualNetworkLinks: 0, maxNumberOfRecordSets: 25_000 });
    const linkId = `${id}/virtualNetworkLinks/spoke`;
    const linked = await putResource(azure, linkId, api, link(vnet));
    expect(linked.properties).toMatchObject({ virtualNetworkLinkState: "Completed", virtualNetwork: { id: vnet } });
    expect(((await call("GET", id)).body as Document).properties.numberOfVirtualNetworkLinks).toBe(1);
    expect(((await call("GET", `${id}/virtualNetworkLinks`)).body as { value: Document[] }).value).toHaveLength(1);
    for (const scope of [group, group.replace(/\/resourceGroups.*/, "")]) {
      const { body } = await call("GET", `${scope}/providers/Microsoft.Network/privateDnsZones`);
      expect((body as { value: Document[] }).value).toHaveLength(1);
    }
    const early = await call("DELETE", id);
    expect([early.status, codeOf(early.body)]).toEqual([409, "CannotDeleteResource"]);
    await call("DELETE", linkId);
    await expect.poll(async () => (await call("GET", linkId)).status).toBe(404);
    expect((await call("DELETE", id)).status).toBeLessThan(300);
    await expect.poll(async () => (await call("GET", id)).status).toBe(404);
  });

  test("answers a network once per name, and registers it once", async () => {
    await putResource(azure, zoneOf("one.internal"), api, zone);
    await putResource(azure, zoneOf("two.internal"), api, zone);
    const elsewhere = zoneOf("one.internal", await makeGroup(azure, "rg-dns-other"));
    await putResource(azure, elsewhere, api, zone);
    await putResource(azure, `${zoneOf("one.internal")}/virtualNetworkLinks/first`, api, link(vnet, true));
    const again = await call("PUT", `${elsewhere}/virtualNetworkLinks/second`, link(vnet));
    expect([again.status, codeOf(again.body)]).toEqual([400, "BadRequest"]);
    const registered = await call("PUT", `${zoneOf("two.internal")}/virtualNetworkLinks/second`, link(vnet, true));
    expect(registered.status).toBe(400);
    const other = await makeVirtualNetwork(azure, group, "vnet-dns-other");
    const moved = await call("PUT", `${zoneOf("one.internal")}/virtualNetworkLinks/first`, link(other, true));
    expect([moved.status, codeOf(moved.body)]).toEqual([409, "Conflict"]);
  });

  test("is refused where something is wrong or missing", async () => {
    expect((await call("PUT", zoneOf("nodots"), zone)).status).toBe(400);
    expect((await call("PUT", zoneOf("wrong.internal"), { ...zone, properties: { colour: "blue" } })).status).toBe(400);
    const orphan = await call("PUT", `${zoneOf("none.internal")}/virtualNetworkLinks/spoke`, link(vnet));
    expect(orphan.status).toBe(404);
    await putResource(azure, zoneOf("three.internal"), api, zone);
    const missing = await call("PUT", `${zoneOf("three.internal")}/virtualNetworkLinks/spoke`, link(`${vnet}-missing`));
    expect([missing.status, codeOf(missing.body)]).toEqual([400, "InvalidResourceReference"]);
  });
});
