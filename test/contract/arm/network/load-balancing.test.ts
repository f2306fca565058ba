import type { LoadBalancer } from "@azure/arm-network";
import { beforeAll, describe, expect, it } from "vitest";
import {
  all,
  expectRefusal,
  group,
  location,
  makeNetwork,
  networkId,
  subnetId,
  useNetwork,
} from "./network-fixture.ts";

const fixture = useNetwork();
const balancers = () => fixture.client.loadBalancers;
const part = (name: string, kind: string, what: string) => ({
  id: `${networkId}/loadBalancers/${name}/${kind}/${what}`,
});
const internal = (name: string, address: string): LoadBalancer => ({
  location,
  sku: { name: "Standard" },
  frontendIPConfigurations: [
    {
      name: "front",
      subnet: { id: subnetId("vnet", "a") },
      privateIPAllocationMethod: "Static",
      privateIPAddress: address,
    },
  ],
  backendAddressPools: [{ name: "pool" }],
  probes: [{ name: "probe", protocol: "Tcp", port: 1433 }],
  loadBalancingRules: [
    {
      name: "sql",
      protocol: "Tcp",
      frontendPort: 1433,
      backendPort: 1433,
      frontendIPConfiguration: part(name, "frontendIPConfigurations", "front"),
      backendAddressPool: part(name, "backendAddressPools", "pool"),
      probe: part(name, "probes", "probe"),
    },
  ],
});

beforeAll(() => makeNetwork(fixture.client, "vnet", "10.0.0.0/16", { a: "10.0.0.0/24" }));

describe("load balancers", () => {
  it("are created with their parts, read, listed, tagged and deleted", async () => {
    const created = await balancers().createOrUpdate(group, "lb", internal("lb", "10.0.0.10"));
    expect(created).toMatchObject({
      sku: { name: "Standard" },
      frontendIPConfigurations: [
        { privateIPAddress: "10.0.0.10", loadBalancingRules: [part("lb", "loadBalancingRules", "sql")] },
      ],
      backendAddressPools: [
        { ...part("lb", "backendAddressPools", "pool"), loadBalancingRules: [part("lb", "loadBalancingRules", "sql")] },
      ],
      probes: [{ port: 1433, intervalInSeconds: 15 }],
      loadBalancingRules: [{ frontendPort: 1433, loadDistribution: "Default" }],
    });
    expect((await all(balancers().list(group))).map(({ name }) => name)).toContain("lb");
    expect((await all(balancers().listAll())).map(({ name }) => name)).toContain("lb");
    expect((await balancers().updateTags(group, "lb", { tags: { a: "b" } })).tags).toEqual({ a: "b" });
    expect((await fixture.client.subnets.get(group, "vnet", "a")).ipConfigurations).toMatchObject([
      part("lb", "frontendIPConfigurations", "front"),
    ]);
    await expectRefusal(
      balancers().createOrUpdate(group, "lb-same", internal("lb-same", "10.0.0.10")),
      400,
      "PrivateIPAddressIsAllocated",
    );
    await balancers().delete(group, "lb");
    await expectRefusal(balancers().get(group, "lb"), 404, "ResourceNotFound");
  });

  it("refuse rules for parts that they lack, and two rules for one port", async () => {
    const body = internal("lb-x", "10.0.0.11");
    for (const missing of ["probes", "backendAddressPools", "frontendIPConfigurations"] as const) {
      const without = { ...body, [missing]: [] };
      await expectRefusal(balancers().createOrUpdate(group, "lb-x", without), 400, "InvalidResourceReference");
    }
    const [first] = body.loadBalancingRules ?? [];
    const twice = { ...body, loadBalancingRules: [{ ...first }, { ...first, name: "again" }] } as LoadBalancer;
    await expectRefusal(
      balancers().createOrUpdate(group, "lb-x", twice),
      400,
      "RulesUseSameFrontendPortProtocolAndIPConfig",
    );
    await expectRefusal(
      balancers().createOrUpdate(group, "lb-x", { ...body, sku: { name: "Basic" } }),
      501,
      "NotImplementedByLocalAzure",
    );
    await expectRefusal(
      balancers().createOrUpdate(group, "lb-x", { ...body, location: "northeurope" }),
      400,
      "InvalidResourceReference",
    );
  });

  it("have pools that interfaces join, and stay while they do", async () => {
    await balancers().createOrUpdate(group, "lb-pool", internal("lb-pool", "10.0.0.20"));
    const pool = part("lb-pool", "backendAddressPools", "pool");
    const nic = await fixture.client.networkInterfaces.createOrUpdate(group, "nic-pool", {
      location,
      ipConfigurations: [
        { name: "ip", subnet: { id: subnetId("vnet", "a") }, loadBalancerBackendAddressPools: [pool] },
      ],
    });
    const read = await fixture.client.loadBalancerBackendAddressPools.get(group, "lb-pool", "pool");
    expect(read.backendIPConfigurations).toMatchObject([{ id: `${nic.id}/ipConfigurations/ip` }]);
    await expectRefusal(balancers().delete(group, "lb-pool"), 400, "LoadBalancerInUse");
    await balancers().createOrUpdate(group, "lb-pool", internal("lb-pool", "10.0.0.20"));
    const { loadBalancingRules: _, ...rest } = internal("lb-pool", "10.0.0.20");
    await expectRefusal(
      balancers().createOrUpdate(group, "lb-pool", { ...rest, backendAddressPools: [] }),
      400,
      "InUseBackendAddressPoolCannotBeDeleted",
    );
  });
});

describe("public IP addresses", () => {
  const addresses = () => fixture.client.publicIPAddresses;
  const standard = { location, sku: { name: "Standard" }, publicIPAllocationMethod: "Static" } as const;

  it("are created, read, listed, tagged and deleted", async () => {
    const created = await addresses().createOrUpdate(group, "pip", standard);
    expect(created).toMatchObject({
      publicIPAddressVersion: "IPv4",
      idleTimeoutInMinutes: 4,
      sku: { name: "Standard" },
    });
    expect((await addresses().createOrUpdate(group, "pip", { ...standard, idleTimeoutInMinutes: 10 })).ipAddress).toBe(
      created.ipAddress,
    );
    expect((await all(addresses().list(group))).map(({ name }) => name)).toContain("pip");
    expect((await all(addresses().listAll())).map(({ name }) => name)).toContain("pip");
    expect((await addresses().updateTags(group, "pip", { tags: { a: "b" } })).tags).toEqual({ a: "b" });
    await addresses().delete(group, "pip");
    await expectRefusal(addresses().get(group, "pip"), 404, "ResourceNotFound");
  });

  it("are always static", async () => {
    await expectRefusal(
      addresses().createOrUpdate(group, "pip-x", { ...standard, publicIPAllocationMethod: "Dynamic" }),
      400,
      "StandardAndGlobalSkuPublicIPAddressesMustBeStatic",
    );
  });
});

describe("NAT gateways", () => {
  const gateways = () => fixture.client.natGateways;

  it("are created with an address, given to a subnet, listed, tagged and deleted in order", async () => {
    const pip = await fixture.client.publicIPAddresses.createOrUpdate(group, "pip-nat", {
      location,
      sku: { name: "Standard" },
      publicIPAllocationMethod: "Static",
    });
    const nat = await gateways().createOrUpdate(group, "nat", {
      location,
      sku: { name: "Standard" },
      publicIpAddresses: [{ id: pip.id ?? "" }],
    });
    await makeNetwork(fixture.client, "vnet-nat", "10.9.0.0/16");
    await fixture.client.subnets.createOrUpdate(group, "vnet-nat", "a", {
      addressPrefix: "10.9.0.0/24",
      natGateway: { id: nat.id ?? "" },
    });
    expect(await gateways().get(group, "nat")).toMatchObject({
      idleTimeoutInMinutes: 4,
      subnets: [{ id: subnetId("vnet-nat", "a") }],
    });
    expect((await all(gateways().list(group))).map(({ name }) => name)).toContain("nat");
    expect((await all(gateways().listAll())).map(({ name }) => name)).toContain("nat");
    expect((await gateways().updateTags(group, "nat", { tags: { a: "b" } })).tags).toEqual({ a: "b" });
    expect((await fixture.client.publicIPAddresses.get(group, "pip-nat")).natGateway).toMatchObject({ id: nat.id });
    await expectRefusal(
      fixture.client.publicIPAddresses.delete(group, "pip-nat"),
      400,
      "PublicIPAddressCannotBeDeleted",
    );
    await expectRefusal(gateways().delete(group, "nat"), 400, "InUseNatGatewayCannotBeDeleted");
    await fixture.client.subnets.createOrUpdate(group, "vnet-nat", "a", { addressPrefix: "10.9.0.0/24" });
    await gateways().delete(group, "nat");
    await fixture.client.publicIPAddresses.delete(group, "pip-nat");
  });

  it("refuse what does not fit", async () => {
    const base = { location, sku: { name: "Standard" } } as const;
    await expectRefusal(
      gateways().createOrUpdate(group, "nat-x", { ...base, idleTimeoutInMinutes: 121 }),
      400,
      "NatGatewayInvalidIdleTimeout",
    );
    await expectRefusal(
      gateways().createOrUpdate(group, "nat-x", {
        ...base,
        publicIpAddresses: [{ id: `${networkId}/publicIPAddresses/none` }],
      }),
      400,
      "InvalidResourceReference",
    );
  });
});
