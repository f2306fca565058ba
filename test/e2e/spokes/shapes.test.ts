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

describe("a spoke that changes in what others hold on to", () => {
  test("one of twelve tiers is replaced: the new one takes the place of the one that goes", async () => {
    const name = "replacing-a";
    const base = { ...plain, name, addressPrefix: "10.39.0.0/20" };
    await portal.provision(requestWith(base, { tiers: tiers(12), flows: [] }));
    const before = (await portal.arm("GET", `${idsOf(name).vnet}/subnets/snet-tier5`)).body.properties.addressPrefix;
    const replaced = tiers(12).map((tier) => (tier.name === "tier5" ? { ...tier, name: "fresh" } : tier));
    await portal.provision(requestWith(base, { tiers: replaced, flows: [] }), "PUT");
    const { body } = await portal.arm("GET", idsOf(name).vnet);
    const subnets: { name: string; properties: { addressPrefix: string } }[] = body.properties.subnets;
    expect(subnets.map((subnet) => subnet.name)).not.toContain("snet-tier5");
    expect(subnets.find((subnet) => subnet.name === "snet-fresh")?.properties.addressPrefix).toBe(before);
    expect((await portal.arm("GET", idsOf(name).nsg("tier5"))).status).toBe(404);
    await portal.writesOfApp();
    await portal.provision(requestWith(base, { tiers: replaced, flows: [] }), "PUT");
    expect(await portal.writesOfApp()).toEqual([]);
  });

  test("a load balancer goes although machines stand in its pool, also those that no run has seen", async () => {
    const name = "unbalanced-a";
    const ids = idsOf(name);
    const base = { ...plain, name, addressPrefix: "10.40.0.0/22" };
    const [front, app] = [
      { name: "front", port: 443 },
      { name: "app", port: 8443, loadBalanced: true },
    ];
    await portal.provision(requestWith(base, { tiers: [front, app], flows: [] }));
    const nic = (pools: { id: string }[]) => ({
      location: "westeurope",
      properties: {
        ipConfigurations: [
          {
            name: "ip",
            properties: { subnet: { id: `${ids.vnet}/subnets/snet-app` }, loadBalancerBackendAddressPools: pools },
          },
        ],
      },
    });
    const pool = `${ids.lb("app")}/backendAddressPools/backend`;
    expect((await portal.arm("PUT", ids.nic("nic-seen"), nic([]))).status).toBeLessThan(300);
    await portal.provision(requestWith(base, { tiers: [front, app], flows: [] }), "PUT");
    expect((await portal.arm("PUT", ids.nic("nic-unseen"), nic([{ id: pool }]))).status).toBeLessThan(300);
    await portal.provision(requestWith(base, { tiers: [front, { ...app, loadBalanced: false }], flows: [] }), "PUT");
    expect((await portal.arm("GET", ids.lb("app"))).status).toBe(404);
    for (const one of ["nic-seen", "nic-unseen"]) {
      const { properties } = (await portal.arm("GET", ids.nic(one))).body.properties.ipConfigurations[0];
      expect(properties.loadBalancerBackendAddressPools ?? [], one).toEqual([]);
      expect(properties.applicationSecurityGroups.map((group: { id: string }) => group.id)).toEqual([ids.asg("app")]);
    }
  });
});

describe("a resource group that stands already", () => {
  const groupVersion = "2021-04-01";

  test("of another team: the spoke is refused, and nothing of the group is touched", async () => {
    const name = "payments";
    const { group } = idsOf(name);
    const theirs = { location: "westeurope", tags: { team: "payments" } };
    await portal.arm("PUT", group, theirs, groupVersion);
    await portal.writesOfApp();
    await portal.call("POST", "/api/spokes", requestWith({ ...plain, name, addressPrefix: "10.41.0.0/22" }));
    const view = await portal.settled(name);
    expect(view.status).toBe("Failed");
    expect(view.error).toMatchObject({ code: "ResourceGroupTaken", resourceId: group });
    expect(view.error?.remedy).toContain("another name");
    expect(view.steps.map((step) => step.status).indexOf("Failed")).toBe(1);
    expect((await portal.writesOfApp()).filter((write) => write.includes("/subscriptions/"))).toEqual([]);
    expect((await portal.arm("GET", group, undefined, groupVersion)).body.tags).toEqual(theirs.tags);
  });

  test("with the spoke's tag: a spoke whose record was lost is adopted", async () => {
    const name = "adopted-a";
    const { group } = idsOf(name);
    const left = { location: "westeurope", tags: { "zero-trust-spoke": name, costcenter: "4711" } };
    await portal.arm("PUT", group, left, groupVersion);
    await portal.provision(requestWith({ ...plain, name, addressPrefix: "10.42.0.0/22" }, { flows: [] }));
    expect((await portal.arm("GET", group, undefined, groupVersion)).body.tags).toMatchObject(left.tags);
  });
});
