import { describe, expect, it } from "vitest";
import { parseSpokeRequest } from "../../../shared/domain/parse-spoke-request.ts";
import type { PlatformConfiguration } from "../../../shared/domain/platform-configuration.ts";
import { configuration, contractRequest, requestAfter, violationsAfter } from "./contract-request.ts";

const withoutHostNames = (each: { outboundAccess: unknown[] }) => {
  each.outboundAccess = [];
};
const withoutFirewall: PlatformConfiguration = {
  ...configuration,
  hubs: configuration.hubs.map((hub) => ({ ...hub, firewall: null })),
};

describe("location and subscription", () => {
  it("are those of the platform", () => {
    const refusals = violationsAfter((each) => {
      each.location = "eastus";
      each.subscriptionId = "11111111-1111-1111-1111-0000000000ff";
    });
    expect(refusals).toEqual([
      ["/location", "location-not-allowed"],
      ["/subscriptionId", "subscription-not-allowed"],
    ]);
  });

  it.each(["West Europe", "WestEurope", "westeurope ", "__proto__", "constructor"])(
    "refuses the location %j",
    (name) => {
      expect(violationsAfter((each) => (each.location = name)).map(([pointer]) => pointer)).toEqual(["/location"]);
    },
  );

  it("compares subscriptions without regard to case", () => {
    const platform = { ...configuration, subscriptionIds: ["abcdefab-0000-0000-0000-000000000000"] };
    const request = requestAfter((each) => (each.subscriptionId = "ABCDEFAB-0000-0000-0000-000000000000"), platform);
    expect(request.subscriptionId).toBe("abcdefab-0000-0000-0000-000000000000");
  });
});

describe("topology", () => {
  it("stays that of the spoke that stands, whatever hubs the platform has by now", () => {
    const { topology: _, ...open } = { ...contractRequest(), managementAccess: [], outboundAccess: [] };
    const parsed = (location: string) => parseSpokeRequest(open, configuration, { location, topology: "standalone" });
    expect(parsed("westeurope")).toMatchObject({ ok: true, value: { topology: "standalone" } });
    expect(parsed("northeurope")).toMatchObject({ ok: true, value: { topology: "hub-spoke" } });
    expect(parseSpokeRequest(open, configuration)).toMatchObject({ ok: true, value: { topology: "hub-spoke" } });
  });

  it("is hub-spoke by default where the location has a hub, else standalone", () => {
    const topologyIn = (location: string) =>
      requestAfter((each) => {
        withoutHostNames(each);
        delete each.topology;
        each.location = location;
      }).topology;
    expect(topologyIn("northeurope")).toBe("hub-spoke");
    expect(topologyIn("swedencentral")).toBe("standalone");
  });

  it("may be standalone where there is a hub", () => {
    const request = requestAfter((each) => {
      withoutHostNames(each);
      each.topology = "standalone";
    });
    expect(request.topology).toBe("standalone");
  });

  it("cannot be hub-spoke where there is no hub", () => {
    const refusals = violationsAfter((each) => {
      withoutHostNames(each);
      each.location = "swedencentral";
    });
    expect(refusals).toEqual([["/topology", "no-hub-in-location"]]);
  });
});

describe.each(["deny-virtual-network", "allow-all"])("the outbound policy %s", (outbound) => {
  it("is allowed behind the firewall", () => {
    expect(violationsAfter((each) => (each.outbound = outbound))).toEqual([]);
  });

  it("is refused in standalone and behind a hub without a firewall", () => {
    const change = (topology: string) => (each: { outboundAccess: unknown[]; topology: string; outbound: string }) => {
      withoutHostNames(each);
      each.topology = topology;
      each.outbound = outbound;
    };
    const refusal = [["/outbound", "outbound-needs-firewall"]];
    expect(violationsAfter(change("standalone"))).toEqual(refusal);
    expect(violationsAfter(change("hub-spoke"), withoutFirewall)).toEqual(refusal);
  });
});

describe("the address prefix", () => {
  const refusals = (addressPrefix: unknown) => violationsAfter((each) => (each.addressPrefix = addressPrefix));

  it.each(["10.20.0.0/16", "10.20.255.0/24", "172.31.252.0/22", "192.168.0.0/16", null])("may be %j", (prefix) => {
    expect(refusals(prefix)).toEqual([]);
  });

  it.each([
    ["10.20.0.1/22", "prefix-not-canonical"],
    ["10.20.1.0/22", "prefix-not-canonical"],
    ["10.20.0.0/15", "prefix-length"],
    ["10.20.0.0/25", "prefix-length"],
    ["10.0.0.0/8", "prefix-length"],
    ["172.32.0.0/16", "prefix-not-private"],
    ["100.64.0.0/16", "prefix-not-private"],
    ["fd00::/48", "not-an-ipv4-prefix"],
    ["::ffff:10.20.0.0/118", "not-an-ipv4-prefix"],
    ["10.20.0.0", "not-an-ipv4-prefix"],
    ["010.20.0.0/22", "not-an-ipv4-prefix"],
    [" 10.20.0.0/22", "not-an-ipv4-prefix"],
    ["", "not-an-ipv4-prefix"],
    [10, "wrong-type"],
  ])("may not be %j: %s", (prefix, code) => {
    expect(refusals(prefix)).toEqual([["/addressPrefix", code]]);
  });

  it("can break two rules at once", () => {
    expect(refusals("8.0.0.0/8").map(([, code]) => code)).toEqual(["prefix-not-private", "prefix-length"]);
  });

  it("can be absent only where the platform has a pool", () => {
    const platform = { ...configuration, addressPools: {} };
    expect(violationsAfter((each) => delete each.addressPrefix, platform)).toEqual([
      ["/addressPrefix", "no-address-pool"],
    ]);
    expect(requestAfter((each) => delete each.addressPrefix).addressPrefix).toBeNull();
  });
});
