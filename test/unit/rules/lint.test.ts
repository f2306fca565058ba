import { describe, expect, test } from "vitest";
import { lint } from "../../../shared/rules/lint/lint.ts";
import { parseSecurityGroup } from "../../../shared/rules/meaning/parse-security-group.ts";
import { contractRequest, resourceOf, stateOf } from "../spoke/example.ts";
import { ruleOf } from "./meaning/rule-of.ts";

const plain = { gateway: false, behindFirewall: false, loadBalanced: false };
const denyAll = (direction: string) =>
  ruleOf({ name: `DenyAll${direction}`, direction, priority: 4096, access: "Deny" });
const closed = [denyAll("Inbound"), denyAll("Outbound")];
const probe = ruleOf({ name: "Probe", priority: 300, sourceAddressPrefix: "AzureLoadBalancer" });

/** Codes with the rule they are about. */
function codes(rules: unknown[], place: Partial<typeof plain> = {}): string[] {
  const findings = lint(parseSecurityGroup(rules), { ...plain, ...place });
  return findings.map(({ code, rule }) => (rule === null ? code : `${code} ${rule}`));
}

const one = (fields: Record<string, unknown>) => codes([ruleOf({ name: "it", ...fields }), ...closed]);
const fromApp = { sourceAddressPrefix: "10.1.0.0/24", protocol: "Tcp", destinationPortRange: "443" };

describe("open to the Internet", () => {
  test("a management port is critical, any other port past the gateway is high", () => {
    expect(one({ protocol: "Tcp", destinationPortRange: "22" })).toEqual(["management-port-open it"]);
    expect(one({ sourceAddressPrefix: "Internet", destinationPortRanges: ["3000-4000"] })).toEqual([
      "management-port-open it",
    ]);
    expect(one({ ...fromApp, sourceAddressPrefix: "203.0.113.0/24" })).toEqual(["open-to-internet it"]);
    expect(one(fromApp)).toEqual([]);
  });

  test("a deny before it clears the rule", () => {
    const deny = ruleOf({
      name: "no Internet",
      priority: 90 + 10,
      access: "Deny",
      sourceAddressPrefixes: ["0.0.0.0/5", "8.0.0.0/7", "11.0.0.0-255.255.255.255"],
    });
    const open = ruleOf({ name: "open", priority: 200, protocol: "Tcp", destinationPortRange: "443" });
    expect(codes([deny, open, ...closed])).toEqual([]);
  });

  test("a gateway publishes 80 and 443 and nothing else", () => {
    const needs = [
      ruleOf({
        name: "Manager",
        priority: 200,
        protocol: "Tcp",
        sourceAddressPrefix: "GatewayManager",
        destinationPortRange: "65200-65535",
      }),
      probe,
    ];
    const open = (port: string) =>
      ruleOf({ name: "open", protocol: "Tcp", sourceAddressPrefix: "Internet", destinationPortRange: port });
    expect(codes([open("443"), ...needs, denyAll("Inbound")], { gateway: true })).toEqual([]);
    expect(codes([open("8080"), ...needs, denyAll("Inbound")], { gateway: true })).toEqual(["open-to-internet open"]);
  });
});

describe("rules that decide nothing, proven", () => {
  test("a rule whose packets the rules before it decide together is shadowed", () => {
    const halves = ["10.1.0.0/25", "10.1.0.128/25"].map((sourceAddressPrefix, index) =>
      ruleOf({ ...fromApp, name: `half ${index}`, priority: 100 + index, sourceAddressPrefix, access: "Deny" }),
    );
    expect(codes([...halves, ruleOf({ ...fromApp, name: "late", priority: 200 }), ...closed])).toContain(
      "shadowed-rule late",
    );
  });

  test("a rule whose packets a rule behind it decides alike is redundant", () => {
    const narrow = ruleOf({ ...fromApp, name: "narrow", sourceAddressPrefix: "10.1.0.7/32" });
    expect(codes([narrow, ruleOf({ ...fromApp, name: "wide", priority: 200 }), ...closed])).toEqual([
      "redundant-rule narrow",
    ]);
  });

  test("trap 11: a tag that is not known shadows nothing", () => {
    const tag = ruleOf({ ...fromApp, name: "tag", sourceAddressPrefix: "SomeNewService", access: "Deny" });
    expect(codes([tag, ruleOf({ ...fromApp, name: "late", priority: 200 }), ...closed])).toEqual([
      "unknown-service-tag tag",
    ]);
  });
});

describe("traps of the platform", () => {
  test("trap 2: a source port", () => {
    expect(one({ ...fromApp, sourcePortRange: "1433" })).toEqual(["source-port it"]);
  });

  test("trap 5: a closing rule stops the probes of a load balancer", () => {
    expect(codes(closed, { loadBalanced: true })).toEqual(["probe-denied"]);
    expect(codes([probe, ...closed], { loadBalanced: true })).toEqual([]);
  });

  test("trap 6: the tag VirtualNetwork", () => {
    expect(one({ ...fromApp, sourceAddressPrefix: "VirtualNetwork" })).toEqual(["virtual-network-tag it"]);
  });

  test("trap 7: rules of just-in-time access are named", () => {
    expect(codes([ruleOf({ ...fromApp, name: "MicrosoftDefenderForCloud-JITRule_1" }), ...closed])).toEqual([
      "just-in-time-rule MicrosoftDefenderForCloud-JITRule_1",
    ]);
  });

  test("trap 8: a rule for the platform's addresses does nothing", () => {
    const metadata = { direction: "Outbound", destinationAddressPrefix: "169.254.169.254/32" };
    expect(one({ ...metadata, access: "Deny" })).toContain("platform-address it");
  });

  test("trap 9: one of the two addresses of Windows activation", () => {
    const kms = { direction: "Outbound", protocol: "Tcp", destinationPortRange: "1688" };
    expect(one({ ...kms, destinationAddressPrefix: "40.83.235.53" })).toEqual(["half-of-activation it"]);
    expect(one({ ...kms, destinationAddressPrefixes: ["40.83.235.53", "20.118.99.224"] })).toEqual([]);
  });

  test("trap 13: several application security groups on one side", () => {
    const groups = [{ id: "/asg-a" }, { id: "/asg-b" }];
    expect(one({ sourceApplicationSecurityGroups: groups, protocol: "Tcp", destinationPortRange: "443" })).toEqual([
      "several-application-security-groups it",
    ]);
  });

  test("traps 15 and 16: what Azure asks of the subnet of an Application Gateway", () => {
    expect(codes(closed, { gateway: true })).toEqual([
      "gateway-manager-denied",
      "gateway-probe-denied",
      "gateway-outbound-denied",
    ]);
  });

  test("ports of a protocol that has none", () => {
    expect(one({ sourceAddressPrefix: "10.1.0.0/24", protocol: "Icmp", destinationPortRange: "8" })).toEqual([
      "ports-without-meaning it",
    ]);
  });

  test("a group without closing rules", () => {
    expect(codes([])).toEqual(["not-closed", "not-closed"]);
  });
});

test("the rules that this tool writes walk into no trap", () => {
  const state = stateOf(contractRequest);
  for (const part of ["gateway", "front", "app", "data"]) {
    const { body } = resourceOf(state, "Microsoft.Network/networkSecurityGroups", `nsg-orders-prod-${part}`);
    const place = {
      gateway: part === "gateway",
      behindFirewall: part !== "gateway",
      loadBalanced: part === "app" || part === "data",
    };
    const severe = lint(parseSecurityGroup(body.securityRules), place).filter(
      ({ severity }) => severity !== "information",
    );
    expect(severe.map(({ code, rule }) => `${part}: ${code} ${rule}`)).toEqual([]);
  }
});
