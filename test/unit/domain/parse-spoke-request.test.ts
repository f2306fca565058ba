import { describe, expect, it } from "vitest";
import { parseSpokeRequest } from "../../../shared/domain/parse-spoke-request.ts";
import {
  configuration,
  contractRequest,
  found,
  parsedValue,
  requestAfter,
  violationsAfter,
} from "./contract-request.ts";

const minimal = {
  name: "orders-prod",
  subscriptionId: "11111111-1111-1111-1111-111111111111",
  location: "westeurope",
  networkManagersGroupId: "ABCDEFAB-2222-2222-2222-222222222222",
  application: { tiers: [{ name: "app", port: 443 }] },
};

describe("a request that is well-formed", () => {
  it("is the contract's example", () => {
    const request = parsedValue(parseSpokeRequest(contractRequest(), configuration));
    expect(request.application.tiers).toEqual([
      { name: "front", port: 443, loadBalanced: false, replicates: false },
      { name: "app", port: 443, loadBalanced: true, replicates: false },
      { name: "data", port: 1433, loadBalanced: true, replicates: true },
    ]);
    expect(request).toMatchObject({ name: "orders-prod", topology: "hub-spoke", addressPrefix: "10.20.0.0/22" });
  });

  it("gets every default, and GUIDs in lower case", () => {
    expect(parsedValue(parseSpokeRequest(minimal, configuration))).toEqual({
      ...minimal,
      networkManagersGroupId: "abcdefab-2222-2222-2222-222222222222",
      topology: "hub-spoke",
      addressPrefix: null,
      application: {
        clientId: null,
        hostName: null,
        certificateSecretId: null,
        tiers: [{ name: "app", port: 443, loadBalanced: false, replicates: false }],
        flows: [],
      },
      managementAccess: [],
      outboundAccess: [],
      outbound: "deny-all",
      tags: {},
    });
  });

  it("gives flows and accesses the protocol Tcp and an empty description", () => {
    const request = requestAfter((each) => {
      each.application.flows = [{ from: "front", to: "data", port: 6379 }];
      each.managementAccess = [{ from: "10.0.1.0/26", to: ["app"], port: 443 }];
      each.outboundAccess = [{ from: ["app"], to: "API.Payments.example", port: 443 }];
    });
    const defaults = { protocol: "Tcp", description: "" };
    expect(request.application.flows).toEqual([{ from: "front", to: "data", port: 6379, ...defaults }]);
    expect(request.managementAccess).toEqual([{ from: "10.0.1.0/26", to: ["app"], port: 443, ...defaults }]);
    expect(request.outboundAccess).toEqual([{ from: ["app"], to: "api.payments.example", port: 443, ...defaults }]);
  });
});

describe("the shape of a request", () => {
  it.each([[null], [undefined], ["text"], [7], [[]], [true]])("refuses %j at the root", (input) => {
    expect(found(parseSpokeRequest(input, configuration))).toContainEqual(["", "wrong-type"]);
  });

  it("tells each missing field at its own pointer", () => {
    expect(found(parseSpokeRequest({}, configuration))).toEqual([
      ["/name", "missing"],
      ["/subscriptionId", "missing"],
      ["/location", "missing"],
      ["/networkManagersGroupId", "missing"],
      ["/application", "missing"],
    ]);
    expect(violationsAfter((each) => delete each.application.tiers)).toEqual([["/application/tiers", "missing"]]);
    expect(violationsAfter((each) => delete each.application.tiers[1].port)).toEqual([
      ["/application/tiers/1/port", "missing"],
    ]);
  });

  it("tells each unknown field at its own pointer", () => {
    const refusals = violationsAfter((each) => {
      each["a/b"] = 1;
      each.colour = "red";
      each.application.tiers[0].prot = "Tcp";
      each.application.flows[0].direction = "Inbound";
      each.outboundAccess[0].x = null;
    });
    expect([...refusals].sort()).toEqual(
      [
        ["/application/flows/0/direction", "unknown-field"],
        ["/application/tiers/0/prot", "unknown-field"],
        ["/a~1b", "unknown-field"],
        ["/colour", "unknown-field"],
        ["/outboundAccess/0/x", "unknown-field"],
      ].sort(),
    );
  });

  it("takes a key named __proto__ for an unknown field, wherever it stands", () => {
    const text = JSON.stringify(contractRequest())
      .replace("{", '{"__proto__":{"name":"x"},')
      .replace('"tiers":[{', '"tiers":[{"__proto__":1,')
      .replace('"tags":{', '"tags":{"__proto__":"x",');
    expect(found(parseSpokeRequest(JSON.parse(text), configuration))).toEqual([
      ["/application/tiers/0/__proto__", "unknown-field"],
      ["/__proto__", "unknown-field"],
      ["/tags/__proto__", "tag-name-characters"],
    ]);
  });

  it("refuses wrong types without stopping the rules on the rest", () => {
    const refusals = violationsAfter((each) => {
      each.name = 7;
      each.application.tiers[2] = "data";
      each.application.flows[0].to = "nobody";
      each.managementAccess[0].from = "Internet";
      each.outboundAccess = {};
      each.tags.Azure = "x";
    });
    expect(refusals).toEqual([
      ["/name", "wrong-type"],
      ["/application/tiers/2", "wrong-type"],
      ["/outboundAccess", "wrong-type"],
      ["/application/flows/0/to", "unknown-tier"],
      ["/managementAccess/0/to/2", "unknown-tier"],
      ["/managementAccess/0/from", "management-from-internet"],
      ["/tags/Azure", "reserved-tag"],
    ]);
  });

  it.each([0, -1, 65536, 1.5, "443", null, Number.NaN])("refuses the port %j", (port) => {
    const refusals = violationsAfter((each) => {
      each.application.tiers[0].port = port;
      each.application.flows[0].port = port;
      each.managementAccess[0].port = port;
      each.outboundAccess[0].port = port;
    });
    expect(refusals.map(([pointer]) => pointer)).toEqual([
      "/application/tiers/0/port",
      "/application/flows/0/port",
      "/managementAccess/0/port",
      "/outboundAccess/0/port",
    ]);
  });

  it.each(["TCP", "Icmp", "*", "", null])("refuses the protocol %j", (protocol) => {
    expect(violationsAfter((each) => (each.application.flows[0].protocol = protocol))).toEqual([
      ["/application/flows/0/protocol", "not-allowed"],
    ]);
  });

  it("limits descriptions to 140 characters without control characters", () => {
    const refusals = (description: string) =>
      violationsAfter((each) => (each.managementAccess[0].description = description));
    const pointer = "/managementAccess/0/description";
    expect(refusals("é".repeat(140))).toEqual([]);
    expect(refusals("x".repeat(141))).toEqual([[pointer, "too-long"]]);
    for (const text of ["a\0b", "a\nb", "\u0085", "\ud800", "\udc00a"])
      expect(refusals(text)).toEqual([[pointer, "malformed"]]);
  });
});

describe("hostile requests", () => {
  it("lists at most 1,000 violations, the last of which says so", () => {
    const parsed = parseSpokeRequest(
      Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`field${index}`, index])),
      configuration,
    );
    expect(found(parsed)).toHaveLength(1000);
    expect(found(parsed).at(-1)).toEqual(["", "too-many-violations"]);
  });

  it("refuses lists of 100,000 elements and 200 tiers by their length", () => {
    const refusals = violationsAfter((each) => {
      each.application.tiers = Array.from({ length: 200 }, (_, index) => ({ name: `t${index}`, port: 443 }));
      each.application.flows = Array.from({ length: 100_000 }, () => ({}));
      each.managementAccess[0].to = Array.from({ length: 100_000 }, () => "t1");
      each.outboundAccess = Array.from({ length: 100_000 }, () => 0);
    });
    expect(refusals).toContainEqual(["/application/tiers", "too-many"]);
    expect(refusals).toContainEqual(["/application/flows", "too-many"]);
    expect(refusals.length).toBeLessThanOrEqual(1000);
  });

  it("refuses very long, broken and NUL-holding texts wherever a text may stand", () => {
    for (const text of ["x".repeat(5_000_000), "\0", "\ud800", "../..", "a/b", 'a"b', "ärger", "", " orders "]) {
      const refusals = violationsAfter((each) => {
        each.name = text;
        each.location = text;
        each.subscriptionId = text;
        each.addressPrefix = text;
        each.application.hostName = text;
        each.application.certificateSecretId = text;
        each.application.tiers[0].name = text;
        each.managementAccess[0].from = text;
        each.outboundAccess[0].to = text;
      });
      for (const pointer of [
        "/name",
        "/location",
        "/subscriptionId",
        "/addressPrefix",
        "/application/hostName",
        "/application/certificateSecretId",
        "/application/tiers/0/name",
        "/managementAccess/0/from",
        "/outboundAccess/0/to",
      ]) {
        expect(refusals.map(([each]) => each)).toContain(pointer);
      }
    }
  });

  it("survives deep nesting in known and unknown fields", () => {
    const deep = JSON.parse("[".repeat(5000) + "]".repeat(5000));
    const refusals = violationsAfter((each) => {
      each.tags = deep;
      each.application.tiers = deep;
      each.unknown = deep;
    });
    expect(refusals.map(([pointer]) => pointer)).toEqual(expect.arrayContaining(["/tags", "/unknown"]));
  });
});
