import { describe, expect, test } from "vitest";
import { RefusedError } from "../../../../shared/domain/errors.ts";
import { parseSecurityGroup } from "../../../../shared/rules/meaning/parse-security-group.ts";
import { parsed, ruleOf } from "./rule-of.ts";

function refusal(value: unknown): { code: string; message: string } {
  try {
    parseSecurityGroup(value);
  } catch (error) {
    if (error instanceof RefusedError) return error.failure;
    throw error;
  }
  throw new Error("not refused");
}

describe("an NSG as Azure Resource Manager answers it", () => {
  const custom = ruleOf({ name: "Allow-Web", sourceAddressPrefixes: ["10.0.0.0/24", "10.0.1.0/24"], protocol: "TCP" });
  const { name, ...properties } = custom;

  test("fields under properties, flat, and a bare array of rules mean the same", () => {
    const nested = { name: "nsg", properties: { securityRules: [{ name, id: "/x", properties }] } };
    const flat = { name: "nsg", securityRules: [custom] };
    expect(parseSecurityGroup(nested)).toEqual(parseSecurityGroup(flat));
    expect(parseSecurityGroup([custom]).Inbound).toEqual(parseSecurityGroup(flat).Inbound);
  });

  test("the six default rules stand behind, once, whether they are given or not", () => {
    const given = ruleOf({
      name: "AllowVnetInBound",
      priority: 65000,
      sourceAddressPrefix: "VirtualNetwork",
      destinationAddressPrefix: "VirtualNetwork",
    });
    const { Inbound, Outbound } = parseSecurityGroup({ securityRules: [custom], defaultSecurityRules: [given] });
    expect(Inbound.map((rule) => rule.priority)).toEqual([100, 65000, 65001, 65500]);
    expect(Outbound.map((rule) => rule.name)).toEqual([
      "AllowVnetOutBound",
      "AllowInternetOutBound",
      "DenyAllOutBound",
    ]);
  });

  test("a default rule that is not Azure's is refused", () => {
    expect(refusal([ruleOf({ priority: 65000 })]).message).toContain("65000");
  });

  test("rules are ordered by priority, in each direction on its own", () => {
    const { Inbound } = parseSecurityGroup([
      ruleOf({ name: "late", priority: 300 }),
      ruleOf({ name: "other direction", direction: "Outbound", priority: 100 }),
      ruleOf({ name: "early", priority: 200 }),
    ]);
    expect(Inbound.slice(0, 2).map((rule) => rule.name)).toEqual(["early", "late"]);
  });

  test("one priority for two rules of different access is refused, as their order is not known", () => {
    const twice = [ruleOf({ access: "Allow" }), ruleOf({ access: "Deny" })];
    expect(refusal(twice).code).toBe("DuplicatePriority");
    expect(parseSecurityGroup([ruleOf(), ruleOf()]).Inbound).toHaveLength(5);
  });
});

describe("addresses", () => {
  const addresses = (...prefixes: string[]) => parsed({ sourceAddressPrefixes: prefixes }).source;

  test("an address, a prefix with host bits, a range and any", () => {
    expect(addresses("0.0.0.7").intervals).toEqual([7, 7]);
    expect(addresses("0.0.1.9/24").intervals).toEqual([256, 511]);
    expect(addresses("0.0.0.1-0.0.0.3").intervals).toEqual([1, 3]);
    for (const any of ["*", "Any", "0.0.0.0/0"]) expect(addresses(any).intervals).toEqual([0, 2 ** 32 - 1]);
  });

  test("overlapping and touching prefixes are one set", () => {
    expect(addresses("0.0.0.0/24", "0.0.1.0/24", "0.0.1.128/25").intervals).toEqual([0, 511]);
  });

  test("trap 11: a service tag that is not known stays a symbol, and is never the empty set", () => {
    expect(addresses("SomeNewService.WestEurope")).toEqual({
      intervals: [],
      symbols: ["tag:somenewservice.westeurope"],
    });
  });

  test("AzureLoadBalancer is the host's address; tags are compared without regard to case", () => {
    expect(addresses("AZURELOADBALANCER")).toEqual(addresses("168.63.129.16/32"));
    expect(addresses("internet")).toEqual(addresses("Internet"));
  });

  test("application security groups are symbols by their id without regard to case", () => {
    const id = "/subscriptions/S/resourceGroups/rg/providers/Microsoft.Network/applicationSecurityGroups/asg-Front";
    const given = parsed({
      sourceApplicationSecurityGroups: [{ id }],
      sourceAddressPrefix: "",
      sourceAddressPrefixes: [],
    });
    expect(given.source).toEqual({ intervals: [], symbols: [`asg:${id.toLowerCase()}`] });
  });

  test("IPv6 is refused by name", () => {
    expect(refusal([ruleOf({ sourceAddressPrefix: "fd00::/8" })]).code).toBe("Ipv6NotModelled");
  });
});

describe("what has no meaning is refused with rule and field", () => {
  test.each([
    ["priority", { priority: 99 }, "priority 99"],
    ["priority as text", { priority: "100" }, "priority"],
    ["direction", { direction: "Sideways" }, "direction"],
    ["access", { access: undefined }, "access"],
    ["protocol", { protocol: "Gre" }, "Gre"],
    ["no source", { sourceAddressPrefix: "" }, "source addresses"],
    ["address", { sourceAddressPrefix: "10.0.0.256" }, "10.0.0.256"],
    ["octal address", { sourceAddressPrefix: "10.0.0.010" }, "10.0.0.010"],
    ["prefix length", { sourceAddressPrefix: "10.0.0.0/33" }, "10.0.0.0/33"],
    ["range backwards", { sourceAddressPrefix: "10.0.0.9-10.0.0.1" }, "10.0.0.9-10.0.0.1"],
    ["port", { destinationPortRange: "65536" }, "65536"],
    ["ports backwards", { destinationPortRange: "443-80" }, "443-80"],
    ["no ports", { destinationPortRanges: [] }, "destination ports"],
  ])("%s", (_, fields, named) => {
    const { code, message } = refusal([ruleOf({ name: "Allow-X", ...fields })]);
    expect(code).toBe("UnreadableSecurityRule");
    expect(message).toContain("Allow-X");
    expect(message).toContain(named);
  });

  test.each([[null], ["text"], [{}], [[7]], [{ securityRules: 1 }]])("%j is no NSG", (value) => {
    expect(refusal(value).code).toBe("UnreadableSecurityRule");
  });
});
