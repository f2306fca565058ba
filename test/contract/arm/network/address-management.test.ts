import { describe, expect, it } from "vitest";
import { platformSubscription } from "../local-azure.ts";
import { all, expectRefusal, group, location, networkId, useNetwork } from "./network-fixture.ts";

const fixture = useNetwork();
const scopes = { subscriptions: ["/subscriptions/11111111-1111-1111-1111-111111111111"] };

async function makePool(name: string, addressPrefixes: string[]) {
  const { client } = fixture;
  await client.networkManagers.createOrUpdate(group, "nm", { location, networkManagerScopes: scopes });
  return client.ipamPools.create(group, "nm", name, { location, properties: { addressPrefixes } });
}

const take = (pool: string, name: string, addressPrefixes: string[]) =>
  fixture.client.staticCidrs.create(group, "nm", pool, name, { body: { properties: { addressPrefixes } } });

describe("network managers, IPAM pools and static CIDRs", () => {
  it("the seed has a pool of the platform", async () => {
    const { ipamPools } = fixture.azure.network(platformSubscription);
    expect(await ipamPools.get("rg-platform-addresses", "nm-platform", "pool-spokes")).toMatchObject({
      properties: { addressPrefixes: ["10.112.0.0/13"], provisioningState: "Succeeded" },
    });
  });

  it("create, read, list, update, delete", async () => {
    const { client } = fixture;
    const pool = await makePool("life", ["10.150.0.0/20"]);
    expect(pool).toMatchObject({
      id: `${networkId}/networkManagers/nm/ipamPools/life`,
      location,
      properties: { addressPrefixes: ["10.150.0.0/20"], ipAddressType: ["IPv4"] },
    });
    await client.ipamPools.create(group, "nm", "life", {
      location,
      properties: { addressPrefixes: ["10.150.0.0/20", "10.151.0.0/20"], displayName: "Life" },
    });
    expect((await all(client.ipamPools.list(group, "nm"))).map(({ name }) => name)).toContain("life");
    expect(await take("life", "cidr", ["10.150.4.0/22"])).toMatchObject({
      properties: { numberOfIPAddressesToAllocate: "1024", totalNumberOfIPAddresses: "1024" },
    });
    await take("life", "cidr", ["10.150.8.0/22"]);
    expect(await client.staticCidrs.get(group, "nm", "life", "cidr")).toMatchObject({
      properties: { addressPrefixes: ["10.150.8.0/22"] },
    });
    expect(await all(client.staticCidrs.list(group, "nm", "life"))).toHaveLength(1);
    await client.staticCidrs.delete(group, "nm", "life", "cidr");
    await client.ipamPools.delete(group, "nm", "life");
    await expectRefusal(client.ipamPools.get(group, "nm", "life"), 404, "ResourceNotFound");
  });

  it("usage tells what is taken and what is left, in as few prefixes as it takes", async () => {
    await makePool("usage", ["10.152.0.0/20"]);
    await take("usage", "a", ["10.152.0.0/22"]);
    await take("usage", "b", ["10.152.8.0/23"]);
    expect(await fixture.client.ipamPools.getPoolUsage(group, "nm", "usage")).toMatchObject({
      allocatedAddressPrefixes: ["10.152.0.0/22", "10.152.8.0/23"],
      availableAddressPrefixes: ["10.152.4.0/22", "10.152.10.0/23", "10.152.12.0/22"],
      totalNumberOfIPAddresses: "4096",
      numberOfAllocatedIPAddresses: "1536",
      numberOfAvailableIPAddresses: "2560",
    });
  });

  it("of ten who want one prefix at once, one gets it", async () => {
    await makePool("race", ["10.153.0.0/20"]);
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => take("race", `spoke-${index}`, ["10.153.0.0/22"])),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("refuses what overlaps, lies outside, has host bits or is nothing", async () => {
    await makePool("refuses", ["10.154.0.0/20"]);
    await take("refuses", "first", ["10.154.0.0/22"]);
    await expectRefusal(take("refuses", "second", ["10.154.2.0/23"]), 400, "StaticCidrOverlapsAllocation");
    await expectRefusal(take("refuses", "second", ["10.155.0.0/22"]), 400, "StaticCidrOutsideIpamPool");
    await expectRefusal(take("refuses", "second", ["10.154.5.0/22"]), 400, "InvalidCIDRNotation");
    await expectRefusal(take("refuses", "second", []), 400, "MissingRequiredParameter");
    await expectRefusal(makePool("refuses", ["10.154.8.0/22"]), 400, "IpamPoolPrefixInUse");
    await expectRefusal(makePool("twice", ["10.156.0.0/20", "10.156.4.0/22"]), 400, "OverlappingAddressPrefixes");
    const { client } = fixture;
    await expectRefusal(client.ipamPools.delete(group, "nm", "refuses"), 400, "InUseIpamPoolCannotBeDeleted");
    await expectRefusal(client.networkManagers.delete(group, "nm"), 400, "InUseNetworkManagerCannotBeDeleted");
    await expectRefusal(take("nowhere", "x", ["10.154.8.0/22"]), 404, "ParentResourceNotFound");
  });

  it("answers 501 to what it does not model", async () => {
    await makePool("part", ["10.157.0.0/20"]);
    const { client } = fixture;
    const sized = { body: { properties: { numberOfIPAddressesToAllocate: "256" } } };
    await expect(client.staticCidrs.create(group, "nm", "part", "sized", sized)).rejects.toMatchObject({
      statusCode: 501,
    });
    const child = { location, properties: { addressPrefixes: ["10.157.0.0/24"], parentPoolName: "part" } };
    await expect(client.ipamPools.create(group, "nm", "child", child)).rejects.toMatchObject({ statusCode: 501 });
    await expect(all(client.ipamPools.listAssociatedResources(group, "nm", "part"))).rejects.toMatchObject({
      statusCode: 501,
    });
  });
});
