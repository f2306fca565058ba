import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { nthAddress } from "../../../shared/domain/address-prefix.ts";
import { idsOf, Portal, requestWith } from "./portal.ts";

let portal: Portal;

beforeAll(async () => {
  portal = new Portal(await startStack({ speed: 0 }));
}, 120_000);

afterAll(() => portal?.stack.stop());

const plain = { managementAccess: [], outboundAccess: [] };
const tiers = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `tier${index}`,
    port: 8000 + index,
    loadBalanced: index % 2 === 1,
  }));

async function rulesOf(nsg: string): Promise<string[]> {
  const { body } = await portal.arm("GET", nsg);
  return body.properties.securityRules.map((rule: { name: string }) => rule.name);
}

describe("sizes", () => {
  test.each([
    [2, "10.30.0.0/22"],
    [5, "10.31.0.0/20"],
    [12, "10.32.0.0/16"],
  ])("%i tiers", async (count, addressPrefix) => {
    const name = `tiers-${count}`;
    await portal.provision(requestWith({ ...plain, name, addressPrefix }, { tiers: tiers(count), flows: [] }));
    const { body } = await portal.arm("GET", idsOf(name).vnet);
    expect(body.properties.subnets).toHaveLength(count + 1);
    for (const { name: subnet, properties } of body.properties.subnets) {
      expect(properties.networkSecurityGroup.id).toBe(idsOf(name).nsg(subnet.replace("snet-", "")));
      expect(properties.provisioningState).toBe("Succeeded");
    }
    for (let index = 1; index < count; index += 2) {
      const lb = await portal.arm("GET", idsOf(name).lb(`tier${index}`));
      const subnet = body.properties.subnets[index].properties.addressPrefix;
      expect(lb.body.properties.frontendIPConfigurations[0].properties.privateIPAddress).toBe(nthAddress(subnet, 4));
    }
  });
});

describe("topologies and outbound policies", () => {
  test("standalone: neither peering nor route; step 6 does not apply", async () => {
    const name = "standalone-a";
    const view = await portal.provision(
      requestWith(
        { ...plain, name, topology: "standalone", addressPrefix: "10.33.0.0/22" },
        { flows: [], hostName: undefined, certificateSecretId: undefined },
      ),
    );
    expect(view.steps[5]?.status).toBe("NotApplicable");
    const { body } = await portal.arm("GET", idsOf(name).vnet);
    expect(body.properties.virtualNetworkPeerings ?? []).toEqual([]);
    expect(
      body.properties.subnets.every((subnet: { properties: object }) => !("routeTable" in subnet.properties)),
    ).toBe(true);
    expect(view.findings.map((finding) => finding.code)).toContain("NoWayOut");
  });

  test("a location without hub is standalone by default", async () => {
    const view = await portal.provision(
      requestWith(
        { ...plain, name: "sweden-a", topology: undefined, location: "swedencentral", addressPrefix: undefined },
        { flows: [] },
      ),
    );
    expect(view.request.topology).toBe("standalone");
    expect(view.addressPrefix).toBe("10.96.0.0/22");
  });

  test.each([
    ["deny-virtual-network", ["Deny-Spoke-Outbound", "Deny-Internal-Outbound"]],
    ["allow-all", []],
  ])("%s behind the firewall", async (outbound, denies) => {
    const name = `out-${outbound}`;
    const addressPrefix = outbound === "allow-all" ? "10.34.0.0/22" : "10.35.0.0/22";
    await portal.provision(requestWith({ name, outbound, addressPrefix }));
    const rules = await rulesOf(idsOf(name).nsg("app"));
    expect(rules.filter((rule) => rule.startsWith("Deny") && rule.endsWith("Outbound"))).toEqual(denies);
    expect(rules).toContain("DenyAllInbound");
  });

  test("extra flows and outbound access stand in the NSGs of both sides and in the hub's firewall", async () => {
    const name = "flows-a";
    const outboundAccess = [
      { from: ["app"], to: "203.0.113.0/28", port: 5671, protocol: "Tcp", description: "Queue" },
      { from: ["front"], to: "*.vendor.example", port: 443, protocol: "Tcp", description: "Vendor" },
    ];
    await portal.provision(requestWith({ name, addressPrefix: "10.36.0.0/22", outboundAccess }));
    expect(await rulesOf(idsOf(name).nsg("front"))).toContain("Allow-Front-Tier-to-SQL-VMs-Tcp-6379-Outbound");
    expect(await rulesOf(idsOf(name).nsg("data"))).toContain("Allow-Front-Tier-to-SQL-VMs-Tcp-6379-Inbound");
    expect(await rulesOf(idsOf(name).nsg("app"))).toContain("Allow-to-203.0.113.0-28-Tcp-5671-Outbound");
    const policy =
      "/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups/rg-hub-westeurope/providers/Microsoft.Network/firewallPolicies/afwp-hub-westeurope/ruleCollectionGroups/rcg-zero-trust-spokes";
    const group = JSON.stringify((await portal.arm("GET", policy)).body);
    expect(group).toContain("flows-a.outbound.203.0.113.0-28.Tcp.5671.app");
    expect(group).toContain("*.vendor.example");
    expect(group).toContain("out-allow-all.management");
  });
});

describe("addresses", () => {
  test("spokes without a prefix get neighbouring ones of the pool, also when asked for at once", async () => {
    const names = ["pool-a", "pool-b", "pool-c"];
    await Promise.all(
      names.map((name) => portal.provision(requestWith({ ...plain, name, addressPrefix: undefined }, { flows: [] }))),
    );
    const views = await Promise.all(names.map((name) => portal.call("GET", `/api/spokes/${name}`)));
    expect(views.map((view) => view.body.addressPrefix).sort()).toEqual([
      "10.64.0.0/22",
      "10.64.4.0/22",
      "10.64.8.0/22",
    ]);
  }, 90_000);
});

describe("a spoke that changes", () => {
  test("a tier goes, another comes: the new one takes a fresh sixteenth, the old one's resources go", async () => {
    const name = "changing-a";
    const front = { name: "front", port: 443 };
    const before = requestWith(
      { ...plain, name, addressPrefix: "10.37.0.0/22" },
      { tiers: [front, { name: "old", port: 8443, loadBalanced: true }], flows: [] },
    );
    await portal.provision(before);
    const after = requestWith(
      { ...plain, name, addressPrefix: "10.37.0.0/22" },
      { tiers: [front, { name: "fresh", port: 9443, loadBalanced: true }], flows: [] },
    );
    await portal.provision(after, "PUT");
    const ids = idsOf(name);
    for (const gone of [ids.nsg("old"), ids.asg("old"), ids.lb("old"), `${ids.vnet}/subnets/snet-old`]) {
      expect((await portal.arm("GET", gone)).status, gone).toBe(404);
    }
    const subnet = await portal.arm("GET", `${ids.vnet}/subnets/snet-fresh`);
    expect(subnet.body.properties.addressPrefix).toBe("10.37.0.128/26");
    expect(
      (await portal.call("GET", `/api/spokes/${name}`)).body.resources.filter(
        (r: { action: string }) => r.action === "delete",
      ),
    ).toHaveLength(3);
  });

  test("another manager group: the new assignment comes, the old one goes", async () => {
    const name = "managers-a";
    const request = requestWith({ ...plain, name, addressPrefix: "10.38.0.0/22" }, { flows: [] });
    await portal.provision(request);
    const other = "22222222-2222-2222-2222-000000000002";
    await portal.provision({ ...request, networkManagersGroupId: other }, "PUT");
    const assignments = await portal.arm(
      "GET",
      `${idsOf(name).group}/providers/Microsoft.Authorization/roleAssignments`,
      undefined,
      "2022-04-01",
    );
    const own = assignments.body.value.filter((a: { properties: { scope: string } }) =>
      a.properties.scope.endsWith(`rg-${name}`),
    );
    expect(own.map((a: { properties: { principalId: string } }) => a.properties.principalId)).toEqual([other]);
  });
});
