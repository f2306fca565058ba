import type { Route } from "@azure/arm-network";
import { describe, expect, it } from "vitest";
import { all, expectRefusal, group, location, makeNetwork, subnetId, useNetwork } from "./network-fixture.ts";

const fixture = useNetwork();
const tables = () => fixture.client.routeTables;
const routes = () => fixture.client.routes;
const toFirewall: Route = {
  name: "default",
  addressPrefix: "0.0.0.0/0",
  nextHopType: "VirtualAppliance",
  nextHopIpAddress: "10.0.0.4",
};

describe("route tables", () => {
  it("are created with their routes, read, listed, tagged and deleted", async () => {
    const created = await tables().createOrUpdate(group, "rt", {
      location,
      routes: [toFirewall],
      disableBgpRoutePropagation: true,
    });
    expect(created).toMatchObject({
      disableBgpRoutePropagation: true,
      routes: [{ ...toFirewall, hasBgpOverride: false, provisioningState: "Succeeded" }],
    });
    expect((await all(tables().list(group))).map(({ name }) => name)).toContain("rt");
    expect((await all(tables().listAll())).map(({ name }) => name)).toContain("rt");
    expect((await tables().updateTags(group, "rt", { tags: { a: "b" } })).tags).toEqual({ a: "b" });
    await tables().delete(group, "rt");
    await expectRefusal(tables().get(group, "rt"), 404, "ResourceNotFound");
  });

  it("take routes by their own URL, and lose those that a PUT does not repeat", async () => {
    await tables().createOrUpdate(group, "rt-url", { location });
    await routes().createOrUpdate(group, "rt-url", "default", toFirewall);
    expect(await routes().get(group, "rt-url", "default")).toMatchObject({ nextHopIpAddress: "10.0.0.4" });
    expect(await all(routes().list(group, "rt-url"))).toHaveLength(1);
    await routes().createOrUpdate(group, "rt-url", "tag", { addressPrefix: "AzureMonitor", nextHopType: "Internet" });
    await routes().delete(group, "rt-url", "tag");
    await tables().createOrUpdate(group, "rt-url", { location });
    await expectRefusal(routes().get(group, "rt-url", "default"), 404, "NotFound");
    await expectRefusal(routes().createOrUpdate(group, "none", "r", toFirewall), 404, "ParentResourceNotFound");
  });

  const refused: [string, Partial<Route>, string][] = [
    ["an appliance without address", { nextHopIpAddress: undefined }, "RouteInvalidNextHopIpAddress"],
    ["an appliance with a wrong address", { nextHopIpAddress: "10.0.0" }, "RouteInvalidNextHopIpAddress"],
    ["an address for the Internet", { nextHopType: "Internet" }, "RouteNextHopIpAddressNotAllowed"],
    ["an unknown next hop", { nextHopType: "Moon" }, "InvalidRequestFormat"],
    ["host bits", { addressPrefix: "10.0.0.1/8" }, "InvalidCIDRNotation"],
    ["an unknown prefix", { addressPrefix: "Nowhere" }, "InvalidAddressPrefixFormat"],
  ];
  it.each(refused)("refuse %s", async (_what, members, code) => {
    await tables().createOrUpdate(group, "rt-refuse", { location });
    await expectRefusal(routes().createOrUpdate(group, "rt-refuse", "r", { ...toFirewall, ...members }), 400, code);
  });

  it("refuse two routes for one prefix, and more than 400", async () => {
    const twice = [toFirewall, { ...toFirewall, name: "again", nextHopIpAddress: "10.0.0.5" }];
    await expectRefusal(tables().createOrUpdate(group, "rt-twice", { location, routes: twice }), 400, "RouteConflict");
    const many = Array.from({ length: 401 }, (_, index) => ({
      ...toFirewall,
      name: `r${index}`,
      addressPrefix: `10.${Math.floor(index / 256)}.${index % 256}.0/24`,
    }));
    await expectRefusal(
      tables().createOrUpdate(group, "rt-many", { location, routes: many }),
      400,
      "RouteTableRouteCountLimitReached",
    );
  });

  it("cannot be deleted while a subnet uses them", async () => {
    const table = await tables().createOrUpdate(group, "rt-used", { location });
    await makeNetwork(fixture.client, "vnet", "10.0.0.0/24", { a: "10.0.0.0/26" });
    await fixture.client.subnets.createOrUpdate(group, "vnet", "a", {
      addressPrefix: "10.0.0.0/26",
      routeTable: { id: table.id ?? "" },
    });
    expect((await tables().get(group, "rt-used")).subnets).toMatchObject([{ id: subnetId("vnet", "a") }]);
    await expectRefusal(tables().delete(group, "rt-used"), 400, "InUseRouteTableCannotBeDeleted");
  });
});
