import { describe, expect, it } from "vitest";
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
const subnets = () => fixture.client.subnets;

describe("subnets", () => {
  it("are created, read, listed, changed and deleted by their own URL", async () => {
    await makeNetwork(fixture.client, "vnet", "10.0.0.0/16");
    const created = await subnets().createOrUpdate(group, "vnet", "a", { addressPrefix: "10.0.0.0/24" });
    expect(created).toMatchObject({
      id: subnetId("vnet", "a"),
      provisioningState: "Succeeded",
      defaultOutboundAccess: false,
    });
    await subnets().createOrUpdate(group, "vnet", "a", {
      addressPrefix: "10.0.0.0/24",
      privateEndpointNetworkPolicies: "Enabled",
      defaultOutboundAccess: true,
      delegations: [{ name: "web", serviceName: "Microsoft.Web/serverFarms" }],
      serviceEndpoints: [{ service: "Microsoft.Storage" }],
    });
    expect(await subnets().get(group, "vnet", "a")).toMatchObject({
      privateEndpointNetworkPolicies: "Enabled",
      defaultOutboundAccess: true,
      delegations: [{ name: "web", serviceName: "Microsoft.Web/serverFarms" }],
      serviceEndpoints: [{ service: "Microsoft.Storage", locations: ["*"] }],
    });
    expect((await all(subnets().list(group, "vnet"))).map(({ name }) => name)).toEqual(["a"]);
    await subnets().delete(group, "vnet", "a");
    await expectRefusal(subnets().get(group, "vnet", "a"), 404, "NotFound");
  });

  it("are private by default since api-version 2025-07-01 only (trap 21)", async () => {
    await makeNetwork(fixture.client, "vnet-out", "10.1.0.0/16");
    const url = `${networkId}/virtualNetworks/vnet-out/subnets/old?api-version=2024-05-01`;
    await fixture.azure.request("PUT", url, { properties: { addressPrefix: "10.1.0.0/24" } });
    expect((await subnets().get(group, "vnet-out", "old")).defaultOutboundAccess).toBeUndefined();
  });

  it("need their virtual network and a place in it", async () => {
    await expectRefusal(
      subnets().createOrUpdate(group, "none", "a", { addressPrefix: "10.0.0.0/24" }),
      404,
      "ParentResourceNotFound",
    );
    await makeNetwork(fixture.client, "vnet-place", "10.2.0.0/24", { a: "10.2.0.0/26" });
    const put = (prefix: string) => subnets().createOrUpdate(group, "vnet-place", "b", { addressPrefix: prefix });
    await expectRefusal(put("10.2.0.32/27"), 400, "NetcfgSubnetRangesOverlap");
    await expectRefusal(put("10.3.0.0/26"), 400, "NetcfgSubnetRangeOutsideVnet");
    await expectRefusal(put("10.2.0.65/26"), 400, "InvalidCIDRNotation");
  });

  it("join what exists in their region, and show it from both ends", async () => {
    await makeNetwork(fixture.client, "vnet-join", "10.4.0.0/16");
    const nsg = await fixture.client.networkSecurityGroups.createOrUpdate(group, "nsg-join", { location });
    const table = await fixture.client.routeTables.createOrUpdate(group, "rt-join", { location });
    const joined = await subnets().createOrUpdate(group, "vnet-join", "a", {
      addressPrefix: "10.4.0.0/24",
      networkSecurityGroup: { id: nsg.id ?? "" },
      routeTable: { id: table.id ?? "" },
    });
    expect(joined).toMatchObject({ networkSecurityGroup: { id: nsg.id }, routeTable: { id: table.id } });
    const back = [{ id: subnetId("vnet-join", "a") }];
    expect((await fixture.client.networkSecurityGroups.get(group, "nsg-join")).subnets).toMatchObject(back);
    expect((await fixture.client.routeTables.get(group, "rt-join")).subnets).toMatchObject(back);
    await expectRefusal(
      subnets().createOrUpdate(group, "vnet-join", "b", {
        addressPrefix: "10.4.1.0/24",
        networkSecurityGroup: { id: `${nsg.id}-gone` },
      }),
      400,
      "InvalidResourceReference",
    );
    const far = await fixture.client.networkSecurityGroups.createOrUpdate(group, "nsg-far", {
      location: "northeurope",
    });
    await expectRefusal(
      subnets().createOrUpdate(group, "vnet-join", "b", {
        addressPrefix: "10.4.1.0/24",
        networkSecurityGroup: { id: far.id ?? "" },
      }),
      400,
      "InvalidResourceReference",
    );
  });

  it("cannot be deleted or moved while an IP configuration uses them", async () => {
    await makeNetwork(fixture.client, "vnet-busy", "10.5.0.0/16", { a: "10.5.0.0/24" });
    const nic = await fixture.client.networkInterfaces.createOrUpdate(group, "nic-busy", {
      location,
      ipConfigurations: [{ name: "ip", subnet: { id: subnetId("vnet-busy", "a") } }],
    });
    expect((await subnets().get(group, "vnet-busy", "a")).ipConfigurations).toMatchObject([
      { id: `${nic.id}/ipConfigurations/ip` },
    ]);
    await expectRefusal(subnets().delete(group, "vnet-busy", "a"), 400, "InUseSubnetCannotBeDeleted");
    await expectRefusal(
      subnets().createOrUpdate(group, "vnet-busy", "a", { addressPrefix: "10.5.0.0/25" }),
      400,
      "InUsePrefixCannotBeDeleted",
    );
    await fixture.client.networkInterfaces.delete(group, "nic-busy");
    await subnets().delete(group, "vnet-busy", "a");
  });
});
