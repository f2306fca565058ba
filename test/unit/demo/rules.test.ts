import { expect, test } from "vitest";
import { addressPlan } from "../../../local/demo/address-plan.ts";
import { readDemoRequest } from "../../../local/demo/demo-request.ts";
import { expectedRules } from "../../../local/demo/expected-rules.ts";
import { rulesOf, type ShownRule } from "../../../local/demo/network-security-group.ts";
import { checkRules } from "../../../local/demo/rule-check.ts";
import { ruleTables } from "../../../local/demo/rule-tables.ts";
import { styleFor } from "../../../local/demo/style.ts";

const { request } = readDemoRequest();
const plan = addressPlan(request.addressPrefix, ["front", "app", "data"]);

function rule(over: Partial<ShownRule>): ShownRule {
  const defaults = { name: "r", priority: 105, direction: "Inbound", access: "Allow", protocol: "Tcp" } as const;
  return { ...defaults, from: ["*"], to: ["*"], ports: ["443"], ...over };
}

test("the address plan: sixteenths for tiers, network + 4 for load balancers, the upper quarter for the gateway", () => {
  expect(plan).toEqual({
    gatewayPrefix: "10.20.3.0/24",
    tiers: [
      { name: "front", prefix: "10.20.0.0/26", loadBalancerAddress: "10.20.0.4" },
      { name: "app", prefix: "10.20.0.64/26", loadBalancerAddress: "10.20.0.68" },
      { name: "data", prefix: "10.20.0.128/26", loadBalancerAddress: "10.20.0.132" },
    ],
  });
});

test("the guidance's three named rules are expected where it puts them", () => {
  const named = (subnet: string): string[] =>
    expectedRules(request, plan)
      .get(subnet)
      ?.map(({ what }) => what) ?? [];
  expect(named("snet-app")).toContain("rule Allow-App-Tier-to-Data-LB-Inbound");
  expect(named("snet-data")).toContain("rule Allow-App-Tier-to-Data-LB-Inbound");
  expect(named("snet-data")).toContain("rule Allow-SQL-LB-to-SQL-VMs-Inbound");
  expect(named("snet-data")).toContain("rule Allow-SQL-VM-to-SQL-VM-Inbound");
  expect(named("snet-gateway")).not.toContain("rule DenyAllOutbound");
});

test("a missing rule, a wrong priority and a wrong direction are told apart", () => {
  const expected = expectedRules(request, plan).get("snet-data") ?? [];
  const deny = rule({ name: "DenyAllInbound", access: "Deny", priority: 4000 });
  const problems = checkRules(expected, [deny]);
  expect(problems).toContain("rule DenyAllInbound has priority 4000 instead of 4096");
  expect(problems).toContain("rule DenyAllOutbound is missing");
  expect(problems).toContain("an inbound rule for Tcp 6379 (Cache) is missing");
});

test("an extra flow is found by what it does, its peer named as group or as prefix", () => {
  const cache = (expectedRules(request, plan).get("snet-data") ?? []).filter(({ what }) => what.includes("Cache"));
  const right = { ports: ["6379"], priority: 200 };
  expect(checkRules(cache, [rule({ ...right, from: ["asg-orders-prod-front"] })])).toEqual([]);
  expect(checkRules(cache, [rule({ ...right, from: ["10.20.0.0/26"] })])).toEqual([]);
  expect(checkRules(cache, [rule({ ...right, from: ["asg-orders-prod-app"] })])).toHaveLength(1);
  expect(checkRules(cache, [rule({ ...right, access: "Deny", from: ["10.20.0.0/26"] })])).toHaveLength(1);
});

test("rules are read from ARM's own shape, single and plural, and shown by direction and priority", () => {
  const rules = rulesOf({
    name: "nsg-orders-prod-app",
    properties: {
      securityRules: [
        {
          name: "DenyAllInbound",
          properties: {
            ...{ priority: 4096, direction: "Inbound", access: "Deny", protocol: "*" },
            ...{ sourceAddressPrefix: "*", destinationAddressPrefix: "*", destinationPortRange: "*" },
          },
        },
        {
          name: "Allow-Web",
          properties: {
            ...{ priority: 105, direction: "Inbound", access: "Allow", protocol: "Tcp" },
            sourceApplicationSecurityGroups: [{ id: "/x/applicationSecurityGroups/asg-orders-prod-front" }],
            destinationAddressPrefixes: ["10.20.0.68/32"],
            destinationPortRanges: ["443"],
          },
        },
      ],
    },
  });
  expect(ruleTables("snet-app", rules, 100, styleFor(false, {}))).toEqual([
    "snet-app  Inbound",
    "  Prio  Name            From                   To             Port     Access",
    "   105  Allow-Web       asg-orders-prod-front  10.20.0.68/32  Tcp 443  Allow",
    "  4096  DenyAllInbound  *                      *              *        Deny",
    "snet-app  Outbound",
    "  no rule of its own: Azure's default rules decide",
  ]);
});
