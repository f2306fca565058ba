import type { NetworkInterface, NetworkInterfaceIPConfiguration } from "@azure/arm-network";
import { beforeAll, describe, expect, it } from "vitest";
import { all, expectRefusal, group, location, makeNetwork, rule, subnetId, useNetwork } from "./network-fixture.ts";

const fixture = useNetwork();
const interfaces = () => fixture.client.networkInterfaces;
const put = (name: string, ip: Partial<NetworkInterfaceIPConfiguration> = {}, more: Partial<NetworkInterface> = {}) =>
  interfaces().createOrUpdate(group, name, {
    location,
    ipConfigurations: [{ name: "ip", subnet: { id: subnetId("vnet", "a") }, ...ip }],
    ...more,
  });
const at = (privateIPAddress: string) => ({ privateIPAllocationMethod: "Static" as const, privateIPAddress });

beforeAll(async () => {
  await makeNetwork(fixture.client, "vnet", "10.0.0.0/16", {
    a: "10.0.0.0/24",
    small: "10.0.1.0/29",
    c: "10.0.2.0/24",
  });
  await makeNetwork(fixture.client, "vnet-b", "10.1.0.0/16", { a: "10.1.0.0/24" });
});

describe("network interfaces", () => {
  it("are created, read, listed, changed and deleted", async () => {
    const created = await put("nic-life", at("10.0.0.100"));
    expect(created).toMatchObject({
      provisioningState: "Succeeded",
      ipConfigurations: [
        { name: "ip", privateIPAddress: "10.0.0.100", primary: true, privateIPAddressVersion: "IPv4" },
      ],
    });
    expect((await all(interfaces().list(group))).map(({ name }) => name)).toContain("nic-life");
    expect((await all(interfaces().listAll())).map(({ name }) => name)).toContain("nic-life");
    const moved = await put("nic-life", at("10.0.0.101"), { enableIPForwarding: true });
    expect(moved).toMatchObject({ enableIPForwarding: true, ipConfigurations: [{ privateIPAddress: "10.0.0.101" }] });
    await interfaces().delete(group, "nic-life");
    await expectRefusal(interfaces().get(group, "nic-life"), 404, "ResourceNotFound");
  });

  it("take the lowest free address, and keep it", async () => {
    const ip = { subnet: { id: subnetId("vnet", "c") } };
    const [first, second] = [await put("nic-dyn-1", ip), await put("nic-dyn-2", ip)];
    expect(first.ipConfigurations?.[0]?.privateIPAddress).toBe("10.0.2.4");
    expect(second.ipConfigurations?.[0]?.privateIPAddress).toBe("10.0.2.5");
    await interfaces().delete(group, "nic-dyn-1");
    expect((await put("nic-dyn-2", ip)).ipConfigurations?.[0]?.privateIPAddress).toBe("10.0.2.5");
  });

  it("refuse addresses that Azure does not give", async () => {
    await put("nic-holder", at("10.0.0.50"));
    await expectRefusal(put("nic-x", at("10.0.0.50")), 400, "PrivateIPAddressIsAllocated");
    await expectRefusal(put("nic-x", at("10.0.0.3")), 400, "PrivateIPAddressInReservedRange");
    await expectRefusal(put("nic-x", at("10.0.0.255")), 400, "PrivateIPAddressInReservedRange");
    await expectRefusal(put("nic-x", at("10.0.9.5")), 400, "PrivateIPAddressNotInSubnet");
    const small = { subnet: { id: subnetId("vnet", "small") } };
    for (const name of ["nic-s1", "nic-s2", "nic-s3"]) await put(name, small);
    await expectRefusal(put("nic-s4", small), 400, "SubnetIsFull");
  });

  it("refuse what they cannot refer to", async () => {
    await expectRefusal(put("nic-x", { subnet: { id: subnetId("vnet", "none") } }), 400, "InvalidResourceReference");
    await expectRefusal(put("nic-x", {}, { location: "northeurope" }), 400, "InvalidResourceReference");
    await expectRefusal(
      interfaces().createOrUpdate(group, "nic-x", { location, ipConfigurations: [] }),
      400,
      "NetworkInterfaceMustHaveAtLeastOneIpConfiguration",
    );
    await expectRefusal(
      interfaces().createOrUpdate(group, "nic-x", {
        location,
        ipConfigurations: [
          { name: "one", subnet: { id: subnetId("vnet", "a") }, primary: true },
          { name: "two", subnet: { id: subnetId("vnet-b", "a") } },
        ],
      }),
      400,
      "IpConfigurationsOnSameNicCannotUseDifferentVnets",
    );
  });

  it("join application security groups of one virtual network (trap 12)", async () => {
    const asg = async (name: string) =>
      (await fixture.client.applicationSecurityGroups.createOrUpdate(group, name, { location })).id ?? "";
    const [web, app, far] = [await asg("asg-web"), await asg("asg-app"), await asg("asg-far")];
    const join = (id: string) => ({ applicationSecurityGroups: [{ id }] });
    const inB = { subnet: { id: subnetId("vnet-b", "a") } };
    expect((await put("nic-web", join(web))).ipConfigurations?.[0]?.applicationSecurityGroups).toMatchObject([
      { id: web },
    ]);
    await expectRefusal(
      put("nic-web-b", { ...inB, ...join(web) }),
      400,
      "AllIpConfigurationsInApplicationSecurityGroupMustBeFromSameVnet",
    );
    await put("nic-far", { ...inB, ...join(far) });
    const code = "AllApplicationSecurityGroupsInSecurityRuleMustBeFromSameVnet";
    const between = (source: string, destination: string) =>
      rule("r", 100, {
        sourceAddressPrefix: undefined,
        destinationAddressPrefix: undefined,
        sourceApplicationSecurityGroups: [{ id: source }],
        destinationApplicationSecurityGroups: [{ id: destination }],
      });
    await fixture.client.networkSecurityGroups.createOrUpdate(group, "nsg", { location });
    await expectRefusal(fixture.client.securityRules.createOrUpdate(group, "nsg", "r", between(web, far)), 400, code);
    await fixture.client.securityRules.createOrUpdate(group, "nsg", "r", between(web, app));
    await expectRefusal(put("nic-app-b", { ...inB, ...join(app) }), 400, code);
    await expectRefusal(
      fixture.client.applicationSecurityGroups.delete(group, "asg-web"),
      400,
      "InUseApplicationSecurityGroupCannotBeDeleted",
    );
  });

  it("hold their network security group, and answer 501 to effective rules", async () => {
    const nsg = await fixture.client.networkSecurityGroups.createOrUpdate(group, "nsg-nic", { location });
    const nic = await put("nic-nsg", {}, { networkSecurityGroup: { id: nsg.id ?? "" } });
    expect((await fixture.client.networkSecurityGroups.get(group, "nsg-nic")).networkInterfaces).toMatchObject([
      { id: nic.id },
    ]);
    await expectRefusal(
      fixture.client.networkSecurityGroups.delete(group, "nsg-nic"),
      400,
      "InUseNetworkSecurityGroupCannotBeDeleted",
    );
    const path = `${nic.id}/effectiveNetworkSecurityGroups?api-version=2026-01-01`;
    expect((await fixture.azure.request("POST", path)).status).toBe(501);
  });
});

describe("application security groups", () => {
  const groups = () => fixture.client.applicationSecurityGroups;

  it("are created, read, listed, tagged and deleted", async () => {
    expect(await groups().createOrUpdate(group, "asg-life", { location })).toMatchObject({
      type: "Microsoft.Network/applicationSecurityGroups",
      provisioningState: "Succeeded",
    });
    expect((await groups().get(group, "asg-life")).resourceGuid).toMatch(/^[0-9a-f-]{36}$/);
    expect((await all(groups().list(group))).map(({ name }) => name)).toContain("asg-life");
    expect((await all(groups().listAll())).map(({ name }) => name)).toContain("asg-life");
    expect((await groups().updateTags(group, "asg-life", { tags: { a: "b" } })).tags).toEqual({ a: "b" });
    await groups().delete(group, "asg-life");
    await groups().delete(group, "asg-life");
    await expectRefusal(groups().get(group, "asg-life"), 404, "ResourceNotFound");
  });
});
