import { describe, expect, test } from "vitest";
import { compare } from "../../../shared/rules/compare/compare.ts";
import { fingerprint } from "../../../shared/rules/decision-diagram/fingerprint.ts";
import { parseSecurityGroup } from "../../../shared/rules/meaning/parse-security-group.ts";
import { ruleOf } from "./meaning/rule-of.ts";

const compared = (a: unknown[], b: unknown[]) => compare(parseSecurityGroup(a), parseSecurityGroup(b));
const denyAll = ruleOf({ name: "DenyAllInbound", priority: 4096, access: "Deny" });
const inbound = (rules: unknown[]) => fingerprint(parseSecurityGroup(rules).Inbound);

describe("comparison of two network security groups", () => {
  test("an opened port is shown with the packet and the rules that decide", () => {
    const { witness } = compared(
      [denyAll],
      [ruleOf({ name: "Open", protocol: "Tcp", destinationPortRange: "1433" }), denyAll],
    );
    expect(witness).toMatchObject({
      packet: { direction: "Inbound", protocol: "Tcp", destinationPort: 1433 },
      aAllows: false,
      bAllows: true,
      aRule: "DenyAllInbound",
      bRule: "Open",
    });
  });

  test("where one group has no closing rule the default rules decide", () => {
    const { witness } = compared([denyAll], []);
    expect(witness).toMatchObject({
      packet: { sourceAddress: "10.0.0.4", destinationAddress: "10.0.1.4" },
      aAllows: false,
      bAllows: true,
      bRule: "AllowVnetInBound",
      usualReading: true,
    });
  });

  test("outbound differences are found, and the directions do not mix", () => {
    const allow = { protocol: "Tcp", destinationPortRange: "22", destinationAddressPrefix: "10.9.0.0/16" };
    const closed = [denyAll, ruleOf({ direction: "Outbound", priority: 4096, access: "Deny" })];
    const { witness } = compared(closed, [...closed, ruleOf({ ...allow, direction: "Outbound" })]);
    expect(witness?.packet.direction).toBe("Outbound");
    expect(witness?.packet.destinationAddress).toMatch(/^10\.9\./);
  });

  test("the protocols that a rule can name do not add up to any protocol", () => {
    const each = ["Tcp", "Udp", "Icmp", "Esp", "Ah"].map((protocol, index) =>
      ruleOf({ protocol, priority: 200 + index }),
    );
    expect(compared([...each, denyAll], [ruleOf(), denyAll]).witness?.packet.protocol).toBe(132);
  });

  test("an ICMP rule for a port differs from one for any: Azure documents no ports for ICMP, so each value counts", () => {
    const icmp = (destinationPortRange: string) => [ruleOf({ protocol: "Icmp", destinationPortRange }), denyAll];
    expect(compared(icmp("8"), icmp("*")).equal).toBe(false);
  });
});

describe("a rule that moved into a run which covers it", () => {
  const to = (priority: number, access: string, prefix: string) =>
    ruleOf({ name: `${access} ${prefix}`, priority, access, destinationAddressPrefix: prefix });
  const rest = [
    to(200, "Deny", "10.0.0.0/16"),
    to(201, "Deny", "10.1.0.0/16"),
    to(300, "Allow", "10.0.0.0/8"),
    to(4096, "Deny", "*"),
  ];
  const early = parseSecurityGroup([to(100, "Allow", "10.0.0.0/24"), ...rest]);
  const late = parseSecurityGroup([to(310, "Allow", "10.0.0.0/24"), ...rest]);

  test.each([
    ["later", early, late],
    ["earlier", late, early],
  ])("%s has come from before the rules that deny what it allows: different", (_, a, b) => {
    const { witness } = compare(a, b);
    expect([witness?.aRule, witness?.bRule].sort()).toEqual(["Allow 10.0.0.0/24", "Deny 10.0.0.0/16"]);
  });
});

describe("service tags and application security groups are symbols", () => {
  const from = (prefix: string, priority = 100, access = "Allow") =>
    ruleOf({ sourceAddressPrefix: prefix, priority, access });

  test("trap 11: an allow for a tag that is not known differs from no rule, and the witness says what it supposes", () => {
    const { witness } = compared([from("SomeNewService"), denyAll], [denyAll]);
    expect(witness?.memberships.source).toEqual(["tag:somenewservice"]);
  });

  test("trap 11: a deny for a tag that is not known differs from no rule too", () => {
    const all = ruleOf({ priority: 4096 });
    expect(compared([from("SomeNewService", 100, "Deny"), all], [all]).equal).toBe(false);
  });

  test("two tags in the other order are equal where both allow, and differ where one denies", () => {
    expect(compared([from("A"), from("B", 101), denyAll], [from("B"), from("A", 101), denyAll]).equal).toBe(true);
    const one = [from("A"), from("B", 101, "Deny"), denyAll];
    const other = [from("B", 100, "Deny"), from("A", 101), denyAll];
    expect(compared(one, other).witness?.memberships.source.toSorted()).toEqual(["tag:a", "tag:b"]);
  });

  test("an address of the virtual network is none of the Internet, so the order of their rules means nothing", () => {
    const one = [from("VirtualNetwork"), from("Internet", 101, "Deny"), denyAll];
    const other = [from("Internet", 100, "Deny"), from("VirtualNetwork", 101), denyAll];
    expect(compared(one, other).equal).toBe(true);
  });

  test("trap 6: VirtualNetwork is not taken for the private addresses when groups are called equal", () => {
    const prefixes = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
    const { witness } = compared(
      [from("VirtualNetwork"), denyAll],
      [ruleOf({ sourceAddressPrefixes: prefixes }), denyAll],
    );
    expect(witness?.usualReading).toBe(false);
  });

  test("many symbols in one rule", () => {
    const groups = Array.from({ length: 10 }, (_, index) => ({ id: `/asg-${index}` }));
    const rule = { sourceApplicationSecurityGroups: groups, destinationApplicationSecurityGroups: groups };
    const missing = { ...rule, destinationApplicationSecurityGroups: groups.slice(1) };
    expect(compared([ruleOf(rule), denyAll], [ruleOf(rule), denyAll]).equal).toBe(true);
    expect(compared([ruleOf(rule), denyAll], [ruleOf(missing), denyAll]).witness?.memberships.destination).toEqual([
      "asg:/asg-0",
    ]);
  });
});

describe("fingerprint", () => {
  test("is the same for rules that mean the same, and another for others", () => {
    const one = ruleOf({ protocol: "Tcp", destinationPortRanges: ["80", "443"] });
    const two = [
      ruleOf({ name: "web", priority: 300, protocol: "tcp", destinationPortRange: "443" }),
      ruleOf({ name: "plain", priority: 200, protocol: "TCP", destinationPortRange: "80" }),
    ];
    expect(inbound([one])).toBe(inbound(two));
    expect(inbound([one])).not.toBe(inbound(two.slice(1)));
  });

  test("does not depend on the process: a change of the model must show here", () => {
    expect(inbound([denyAll])).toBe("76b2a4ea96ad15f567bbeca77ce8dd3b113d73160248686fe8b5aba9c1722b6a");
    expect(inbound([])).toBe("3bee3fb5ca9ce5d1fbca1f659f9e06313b774647beb75f436ee35661f1a177d2");
  });

  test("symbols that decide nothing leave no trace", () => {
    const unused = ruleOf({ sourceAddressPrefix: "Storage", access: "Deny", priority: 4000 });
    expect(inbound([unused, denyAll])).toBe(inbound([denyAll]));
  });
});

describe("work limit", () => {
  test("rules made to be hard (ranges that overlap in all fields) end as too complex", () => {
    const address = (value: number) => `${value % 200}.${(value * 37) % 256}.0.0`;
    const range = (value: number) => `${address(value % 90)}-${address(100 + (value % 95))}`;
    const hard = Array.from({ length: 400 }, (_, index) =>
      ruleOf({
        priority: 100 + index,
        access: index % 2 === 0 ? "Allow" : "Deny",
        sourceAddressPrefix: range(index * 7),
        destinationAddressPrefix: range(index * 11),
        sourcePortRange: `${(index * 131) % 30000}-${30000 + ((index * 71) % 30000)}`,
        destinationPortRange: `${(index * 37) % 30000}-${30000 + ((index * 113) % 30000)}`,
      }),
    );
    expect(() => fingerprint(parseSecurityGroup(hard).Inbound, 1_000_000)).toThrow("RulesTooComplex");
  });

  test("rules that would cost too much are refused as too complex, not walked without end", () => {
    const group = parseSecurityGroup([ruleOf({ sourceAddressPrefix: "10.0.0.0/8", destinationPortRange: "443" })]);
    expect(() => compare(group, parseSecurityGroup([]), 2)).toThrow("RulesTooComplex");
    expect(() => fingerprint(group.Inbound, 2)).toThrow("RulesTooComplex");
  });
});
