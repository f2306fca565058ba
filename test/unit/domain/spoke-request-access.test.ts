import { describe, expect, it } from "vitest";
import type { PlatformConfiguration } from "../../../shared/domain/platform-configuration.ts";
import { configuration, type Found, violationsAfter } from "./contract-request.ts";

describe("management access", () => {
  const access = (...list: unknown[]): Found => violationsAfter((each) => (each.managementAccess = list));
  const from = (prefix: unknown, port = 443) => access({ from: prefix, to: ["app"], port });

  it("comes from inside the management prefixes", () => {
    expect(from("10.0.1.0/24")).toEqual([]);
    expect(from("10.0.1.7/32")).toEqual([]);
    for (const prefix of ["10.0.0.0/16", "10.0.4.0/26", "203.0.113.0/24", "10.0.0.0/23"]) {
      expect(from(prefix)).toEqual([["/managementAccess/0/from", "not-a-management-prefix"]]);
    }
  });

  it.each(["0.0.0.0/0", "Internet", "internet", "*", "Any", "::/0"])("never comes from %s", (prefix) => {
    expect(from(prefix)).toEqual([["/managementAccess/0/from", "management-from-internet"]]);
  });

  it.each([
    ["10.0.1.4", "not-an-ipv4-prefix"],
    ["VirtualNetwork", "not-an-ipv4-prefix"],
    ["10.0.1.1/26", "prefix-not-canonical"],
    [7, "wrong-type"],
  ])("refuses the form of %j", (prefix, code) => {
    expect(from(prefix)).toEqual([["/managementAccess/0/from", code]]);
  });

  it.each([22, 3389])("opens port %d to bastions only", (port) => {
    expect(from("10.0.2.0/26", port)).toEqual([]);
    expect(from("10.0.1.0/26", port)).toEqual([["/managementAccess/0/from", "remote-access-not-from-bastion"]]);
    expect(from("10.9.0.0/26", port).map(([, code]) => code)).toEqual([
      "not-a-management-prefix",
      "remote-access-not-from-bastion",
    ]);
  });

  it("names each tier once, and tiers of the application only", () => {
    expect(access({ from: "10.0.1.0/26", to: ["app", "web", "app"], port: 443 })).toEqual([
      ["/managementAccess/0/to/1", "unknown-tier"],
      ["/managementAccess/0/to/2", "duplicate-tier-reference"],
    ]);
    expect(access({ from: "10.0.1.0/26", to: [], port: 443 })).toEqual([["/managementAccess/0/to", "too-few"]]);
  });

  it("is said once for a tier", () => {
    const one = { from: "10.0.1.0/26", to: ["app", "data"], port: 443 };
    expect(access(one, { ...one, to: ["front", "data"] })).toEqual([["/managementAccess/1", "duplicate-access"]]);
    expect(access(one, { ...one, to: ["front"] }, { ...one, protocol: "Udp" })).toEqual([]);
  });

  it("is at most 64 elements", () => {
    const list = Array.from({ length: 65 }, (_, index) => ({ from: "10.0.1.0/26", to: ["app"], port: 7000 + index }));
    expect(access(...list)).toEqual([["/managementAccess", "too-many"]]);
  });
});

describe("outbound access", () => {
  const access = (...list: unknown[]): Found => violationsAfter((each) => (each.outboundAccess = list));
  const to = (destination: unknown, more = {}) => access({ from: ["app"], to: destination, port: 443, ...more });

  it.each([
    "203.0.113.7",
    "203.0.113.0/24",
    "10.255.1.0/24",
    "api.payments.example",
    "*.payments.example",
    "API.example.COM",
  ])("may lead to %s", (destination) => {
    expect(to(destination)).toEqual([]);
  });

  it.each([
    ["0.0.0.0/0", "destination-too-wide"],
    ["0.0.0.0/1", "destination-too-wide"],
    ["128.0.0.0/7", "destination-too-wide"],
    ["203.0.113.1/24", "prefix-not-canonical"],
    ["203.0.113.007", "not-a-destination"],
    ["203.0.113", "not-a-destination"],
    ["1.2.3.256", "not-a-destination"],
    ["Internet", "not-a-destination"],
    ["*", "not-a-destination"],
    ["*.com", "not-a-destination"],
    ["api.*.example", "not-a-destination"],
    ["https://api.payments.example", "not-a-destination"],
    ["2001:db8::1", "not-a-destination"],
    ["", "not-a-destination"],
    ["0.0.0.0", "destination-not-unicast"],
    ["127.0.0.1", "destination-not-unicast"],
    ["224.0.0.0/8", "destination-not-unicast"],
    ["255.255.255.255", "destination-not-unicast"],
  ])("may not lead to %j: %s", (destination, code) => {
    expect(to(destination)).toEqual([["/outboundAccess/0/to", code]]);
  });

  it.each(["10.20.0.0/22", "10.20.1.4", "10.0.0.0/8"])("may not lead to the spoke itself: %s", (destination) => {
    expect(to(destination)).toEqual([["/outboundAccess/0/to", "destination-is-own-spoke"]]);
  });

  it("may not cover the pool from which the spoke's prefix comes", () => {
    const pooled = (destination: string) =>
      violationsAfter((each) => {
        delete each.addressPrefix;
        each.outboundAccess = [{ from: ["app"], to: destination, port: 443 }];
      });
    expect(pooled("10.0.0.0/8")).toEqual([["/outboundAccess/0/to", "destination-is-own-spoke"]]);
    expect(pooled("10.64.0.0/22")).toEqual([]);
  });

  it("leads to host names by TCP and on ports of application rules only", () => {
    expect(to("api.example.com", { protocol: "Udp" })).toEqual([["/outboundAccess/0/protocol", "host-name-needs-tcp"]]);
    expect(to("api.example.com", { port: 64001 })).toEqual([["/outboundAccess/0/port", "host-name-port"]]);
    expect(to("203.0.113.7", { port: 64001, protocol: "Udp" })).toEqual([]);
  });

  it("leads to host names behind a firewall only", () => {
    const refusal = [["/outboundAccess/0/to", "host-name-needs-firewall"]];
    expect(violationsAfter((each) => (each.topology = "standalone"))).toEqual(refusal);
    const withoutFirewall: PlatformConfiguration = {
      ...configuration,
      hubs: configuration.hubs.map((hub) => ({ ...hub, firewall: null })),
    };
    expect(violationsAfter(() => undefined, withoutFirewall)).toEqual(refusal);
  });

  it("leads to host names in no location without a hub", () => {
    const refusals = violationsAfter((each) => {
      each.location = "swedencentral";
      delete each.topology;
    });
    expect(refusals).toEqual([["/outboundAccess/0/to", "host-name-needs-firewall"]]);
  });

  it("names each tier once, and tiers of the application only", () => {
    expect(access({ from: ["web", "app", "app"], to: "203.0.113.7", port: 443 })).toEqual([
      ["/outboundAccess/0/from/0", "unknown-tier"],
      ["/outboundAccess/0/from/2", "duplicate-tier-reference"],
    ]);
  });

  it("is said once for a tier, an address being its /32", () => {
    const one = { from: ["app"], to: "203.0.113.7", port: 443 };
    expect(access(one, { ...one, from: ["front", "app"], to: "203.0.113.7/32" })).toEqual([
      ["/outboundAccess/1", "duplicate-access"],
    ]);
    const named = { ...one, to: "api.example.com" };
    expect(access(named, { ...named, to: "API.example.com" })).toEqual([["/outboundAccess/1", "duplicate-access"]]);
  });

  it("is at most 64 elements", () => {
    const list = Array.from({ length: 65 }, (_, index) => ({ from: ["app"], to: "203.0.113.7", port: 7000 + index }));
    expect(access(...list)).toEqual([["/outboundAccess", "too-many"]]);
  });
});
