import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { idsOf, Portal, requestWith } from "./portal.ts";

let portal: Portal;

beforeAll(async () => {
  portal = new Portal(await startStack({ speed: 0 }));
}, 120_000);

afterAll(() => portal?.stack.stop());

const hub =
  "/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups/rg-hub-westeurope/providers/Microsoft.Network";
const ipGroup = `${hub}/ipGroups/ipg-zero-trust-spokes`;
const ruleCollectionGroup = `${hub}/firewallPolicies/afwp-hub-westeurope/ruleCollectionGroups/rcg-zero-trust-spokes`;

const request = (name: string, third: number) => requestWith({ name, addressPrefix: `10.${third}.0.0/22` });

/** Rules in this tool's group of the hub's firewall, whatever their order. */
async function firewallRules(): Promise<unknown[]> {
  const { body } = await portal.arm("GET", ruleCollectionGroup);
  const rules = body.properties.ruleCollections.flatMap(
    (collection: { rules: { name: string }[] }) => collection.rules,
  );
  return rules.toSorted((a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1));
}

async function remove(name: string): Promise<void> {
  const answer = await portal.call("DELETE", `/api/spokes/${name}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(202);
  expect(answer.headers.get("location")).toBe(`/api/spokes/${name}`);
  const view = await portal.settled(name);
  expect(view.error).toBeNull();
  expect(view.status).toBe("Removed");
}

describe("removing a spoke", () => {
  test("all that is ours goes, on both sides of the hub; what others share stays; it can come again", async () => {
    await portal.provision(request("stays-a", 60));
    const before = await firewallRules();
    await portal.provision(request("goes-a", 61));
    await remove("goes-a");

    const ids = idsOf("goes-a");
    expect((await portal.arm("GET", ids.group, undefined, "2025-04-01")).status).toBe(404);
    expect(
      (await portal.arm("GET", `${hub}/virtualNetworks/vnet-hub-westeurope/virtualNetworkPeerings/peer-hub-to-goes-a`))
        .status,
    ).toBe(404);
    expect((await portal.arm("GET", ipGroup)).body.properties.ipAddresses).toEqual(["10.60.0.0/22"]);
    expect(await firewallRules()).toEqual(before);
    const setting = `/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.Insights/diagnosticSettings/zero-trust-activity`;
    expect((await portal.arm("GET", setting, undefined, "2021-05-01-preview")).status).toBe(200);
    expect((await portal.call("GET", "/api/spokes/stays-a")).body.status).toBe("Succeeded");

    await portal.provision(request("goes-a", 61));
    expect((await portal.arm("GET", ids.vnet)).body.properties.subnets).toHaveLength(4);
  }, 90_000);

  test("its prefix and its name are free again, also for another request", async () => {
    await portal.provision(request("freed-a", 62));
    await remove("freed-a");
    await portal.provision(request("freed-b", 62));
    await portal.provision(request("freed-a", 63));
  }, 90_000);

  test("refused with 409 while a machine of others stands in a subnet, naming it; nothing is touched", async () => {
    await portal.provision(request("lived-a", 64));
    const ids = idsOf("lived-a");
    const ipConfiguration = {
      name: "ip",
      properties: { subnet: { id: `${ids.vnet}/subnets/snet-app` }, privateIPAllocationMethod: "Dynamic" },
    };
    await portal.arm("PUT", ids.nic("nic-1"), {
      location: "westeurope",
      properties: { ipConfigurations: [ipConfiguration] },
    });
    await portal.writesOfApp();
    const answer = await portal.call("DELETE", "/api/spokes/lived-a");
    expect(answer.status).toBe(409);
    expect(answer.body.errors[0]).toMatchObject({ code: "OccupiedByOthers" });
    expect(answer.body.errors[0].message).toContain("nic-1");
    expect(await portal.writesOfApp()).toEqual([]);
    await portal.arm("DELETE", ids.nic("nic-1"));
    await remove("lived-a");
  }, 90_000);

  test("a removal that Azure refuses ends as Failed with the reason, and goes on when asked again", async () => {
    await portal.provision(request("stuck-a", 65));
    const fault = {
      match: { method: "DELETE", pathRegex: "routeTables/rt-stuck-a" },
      kind: "locked",
      times: 100,
      retryAfterSeconds: null,
    };
    await portal.stack.fetchAzure("/_local/faults", {
      method: "POST",
      body: JSON.stringify(fault),
      headers: { "content-type": "application/json" },
    });
    await portal.call("DELETE", "/api/spokes/stuck-a");
    const view = await portal.settled("stuck-a");
    expect(view.status).toBe("Failed");
    expect(view.error).toMatchObject({ code: "ScopeLocked", resourceId: idsOf("stuck-a").routeTable });
    await portal.stack.fetchAzure("/_local/faults", { method: "DELETE" });
    await remove("stuck-a");
    expect((await portal.arm("GET", idsOf("stuck-a").group, undefined, "2025-04-01")).status).toBe(404);
  }, 90_000);

  test("unknown: 404; a reader may not: 403", async () => {
    expect((await portal.call("DELETE", "/api/spokes/unknown-a")).status).toBe(404);
    expect((await portal.call("DELETE", "/api/spokes/stays-a", undefined, "reader")).status).toBe(403);
  });
});
