import { describe, expect, it } from "vitest";
import { platformSubscription } from "../local-azure.ts";
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
const networks = () => fixture.client.virtualNetworks;
const put = (name: string, addressPrefixes: string[], subnets?: { name: string; addressPrefix: string }[]) =>
  networks().createOrUpdate(group, name, {
    location,
    addressSpace: { addressPrefixes },
    ...(subnets ? { subnets } : {}),
  });

describe("virtual networks", () => {
  it("are created with their subnets, read, listed, tagged and deleted", async () => {
    const created = await put("vnet-life", ["10.1.0.0/16"], [{ name: "a", addressPrefix: "10.1.0.0/24" }]);
    expect(created).toMatchObject({
      provisioningState: "Succeeded",
      addressSpace: { addressPrefixes: ["10.1.0.0/16"] },
      enableDdosProtection: false,
      subnets: [
        {
          id: subnetId("vnet-life", "a"),
          addressPrefix: "10.1.0.0/24",
          privateEndpointNetworkPolicies: "Disabled",
          privateLinkServiceNetworkPolicies: "Enabled",
          provisioningState: "Succeeded",
        },
      ],
      virtualNetworkPeerings: [],
    });
    expect((await all(networks().list(group))).map(({ name }) => name)).toContain("vnet-life");
    expect((await all(networks().listAll())).map(({ name }) => name)).toContain("vnet-life");
    expect(await networks().updateTags(group, "vnet-life", { tags: { a: "b" } })).toMatchObject({
      tags: { a: "b" },
      subnets: [{ name: "a" }],
    });
    await networks().delete(group, "vnet-life");
    await expectRefusal(networks().get(group, "vnet-life"), 404, "ResourceNotFound");
    await expectRefusal(fixture.client.subnets.get(group, "vnet-life", "a"), 404, "ResourceNotFound");
  });

  const refused: [string, string[], { name: string; addressPrefix: string }[], string][] = [
    ["no address prefix", [], [], "AddressPrefixesRequired"],
    ["text that is no CIDR", ["10.0.0.0/160"], [], "InvalidAddressPrefixFormat"],
    ["host bits", ["10.10.10.0/16"], [], "InvalidCIDRNotation"],
    ["host bits in a subnet", ["10.0.0.0/16"], [{ name: "a", addressPrefix: "10.0.0.5/24" }], "InvalidCIDRNotation"],
    ["prefixes that overlap", ["10.0.0.0/16", "10.0.1.0/24"], [], "OverlappingAddressPrefixes"],
    ["link-local addresses", ["169.254.0.0/16"], [], "AddressPrefixNotAllowed"],
    [
      "a subnet outside",
      ["10.0.0.0/16"],
      [{ name: "a", addressPrefix: "10.1.0.0/24" }],
      "NetcfgSubnetRangeOutsideVnet",
    ],
    [
      "subnets that overlap",
      ["10.0.0.0/16"],
      [
        { name: "a", addressPrefix: "10.0.0.0/24" },
        { name: "b", addressPrefix: "10.0.0.128/25" },
      ],
      "NetcfgSubnetRangesOverlap",
    ],
    ["a subnet below /29", ["10.0.0.0/16"], [{ name: "a", addressPrefix: "10.0.0.0/30" }], "NetcfgInvalidSubnet"],
  ];
  it.each(refused)("refuse %s", async (_what, prefixes, subnets, code) => {
    await expectRefusal(put("vnet-refuse", prefixes, subnets), 400, code);
    await expectRefusal(networks().get(group, "vnet-refuse"), 404, "ResourceNotFound");
  });

  it("keep their subnets when a PUT does not mention them, and lose them when it says none", async () => {
    await makeNetwork(fixture.client, "vnet-keep", "10.2.0.0/16", { a: "10.2.0.0/24", b: "10.2.1.0/24" });
    expect((await put("vnet-keep", ["10.2.0.0/16"])).subnets).toHaveLength(2);
    expect((await put("vnet-keep", ["10.2.0.0/16"], [])).subnets).toHaveLength(0);
  });

  it("lost their subnets to such a PUT before api-version 2023-09-01 (trap 18)", async () => {
    await makeNetwork(fixture.client, "vnet-old", "10.3.0.0/16", { a: "10.3.0.0/24" });
    const url = `${networkId}/virtualNetworks/vnet-old?api-version=2023-06-01`;
    await fixture.azure.request("PUT", url, {
      location,
      properties: { addressSpace: { addressPrefixes: ["10.3.0.0/16"] } },
    });
    expect((await networks().get(group, "vnet-old")).subnets).toHaveLength(0);
  });

  it("cannot lose a subnet, shrink below it, or go while it is in use", async () => {
    await makeNetwork(fixture.client, "vnet-inuse", "10.4.0.0/16", { a: "10.4.0.0/24" });
    await fixture.client.networkInterfaces.createOrUpdate(group, "nic-inuse", {
      location,
      ipConfigurations: [{ name: "ip", subnet: { id: subnetId("vnet-inuse", "a") } }],
    });
    await expectRefusal(put("vnet-inuse", ["10.4.0.0/16"], []), 400, "InUseSubnetCannotBeDeleted");
    await expectRefusal(put("vnet-inuse", ["10.4.128.0/17"]), 400, "NetcfgSubnetRangeOutsideVnet");
    await expectRefusal(networks().delete(group, "vnet-inuse"), 400, "InUseSubnetCannotBeDeleted");
  });

  it("say which addresses are free", async () => {
    await makeNetwork(fixture.client, "vnet-free", "10.5.0.0/16", { a: "10.5.0.0/24" });
    await fixture.client.networkInterfaces.createOrUpdate(group, "nic-free", {
      location,
      ipConfigurations: [{ name: "ip", subnet: { id: subnetId("vnet-free", "a") } }],
    });
    const check = (ip: string) => networks().checkIPAddressAvailability(group, "vnet-free", ip);
    expect(await check("10.5.0.5")).toMatchObject({ available: true });
    expect(await check("10.5.0.4")).toMatchObject({
      available: false,
      availableIPAddresses: ["10.5.0.5", "10.5.0.6", "10.5.0.7", "10.5.0.8", "10.5.0.9"],
    });
    expect(await check("10.5.0.1")).toMatchObject({ available: false, isPlatformReserved: true });
    await expectRefusal(check("10.9.0.1"), 400, "PrivateIPAddressNotInAnySubnet");
    const usage = await all(networks().listUsage(group, "vnet-free"));
    expect(usage).toMatchObject([{ id: subnetId("vnet-free", "a"), currentValue: 1, limit: 251 }]);
  });

  it("bring a network watcher with the first one of a region", async () => {
    const client = fixture.azure.network(platformSubscription);
    const region = "swedencentral";
    await fixture.azure
      .resources(platformSubscription)
      .resourceGroups.createOrUpdate("rg-watched", { location: region });
    await client.virtualNetworks.createOrUpdate("rg-watched", "vnet", {
      location: region,
      addressSpace: { addressPrefixes: ["10.200.0.0/16"] },
    });
    expect(await client.networkWatchers.get("NetworkWatcherRG", `NetworkWatcher_${region}`)).toMatchObject({
      location: region,
    });
  });

  it("answer 501 to what local Azure does not model", async () => {
    await expectRefusal(
      networks().createOrUpdate(group, "vnet-v6", { location, addressSpace: { addressPrefixes: ["fd00::/48"] } }),
      501,
      "NotImplementedByLocalAzure",
    );
    await expectRefusal(
      networks().createOrUpdate(group, "vnet-ddos", {
        location,
        addressSpace: { addressPrefixes: ["10.6.0.0/16"] },
        enableDdosProtection: true,
      }),
      501,
      "NotImplementedByLocalAzure",
    );
  });
});
