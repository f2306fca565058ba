import { expect, test } from "vitest";
import { publicVmManagement } from "../../../shared/domain/vm-management.ts";
import { compileSecurityRules } from "../../../shared/rules/compile.ts";
import type { RuleContext, TierContext } from "../../../shared/rules/rule-context.ts";

const tier = (name: string, port: number, more: Partial<TierContext> = {}): TierContext => ({
  name,
  port,
  replicates: false,
  addressPrefix: "10.9.0.0/26",
  applicationSecurityGroupId: `/asg-${name}`,
  loadBalancerAddress: null,
  ...more,
});

const context = (tiers: readonly TierContext[], more: Partial<RuleContext> = {}): RuleContext => ({
  tiers,
  spokePrefix: "10.9.0.0/22",
  gateway: { addressPrefix: "10.9.3.0/24", publishes: false },
  flows: [],
  managementAccess: [],
  outboundAccess: [],
  dnsServers: [],
  outbound: "deny-all",
  vmManagement: publicVmManagement,
  behindFirewall: false,
  internalPrefixes: [],
  ...more,
});

const names = (rules: readonly { name: string }[] | undefined) => (rules ?? []).map((rule) => rule.name);

test("Azure compares names without case: a tier sql beside a tier on port 1433 takes a number", () => {
  const tiers = [tier("front", 443), tier("sql", 8080), tier("data", 1433)];
  const flow = { from: "front", to: "data", port: 1433, protocol: "Tcp", description: "" } as const;
  const rules = compileSecurityRules(context(tiers, { flows: [flow] }));
  expect(names(rules.tiers.get("front"))).toEqual(
    expect.arrayContaining(["Allow-Front-Tier-to-Sql-VMs-Outbound", "Allow-Front-Tier-to-SQL-VMs-2-Outbound"]),
  );
});

test("without a gateway nothing comes from the Internet and nothing from the gateway's subnet", () => {
  const rules = compileSecurityRules(context([tier("front", 443)]));
  expect(names(rules.gateway)).toEqual([
    "Allow-GatewayManager-Inbound",
    "Allow-Probe-to-Gateway-Inbound",
    "DenyAllInbound",
  ]);
  expect(names(rules.tiers.get("front")).filter((name) => name.includes("Gateway"))).toEqual([]);
});

test("two tiers on 1433 share the label SQL; the second rule of a name takes a number", () => {
  const tiers = [tier("app", 443), tier("data", 1433), tier("audit", 1433)];
  const flows = [{ from: "app", to: "audit", port: 1433, protocol: "Tcp" as const, description: "" }];
  const rules = compileSecurityRules(context(tiers, { flows })).tiers.get("app") ?? [];
  const toSql = rules.filter((rule) => rule.name.startsWith("Allow-App-Tier-to-SQL"));
  expect(toSql.map((rule) => [rule.name, ...rule.destinationApplicationSecurityGroupIds])).toEqual([
    ["Allow-App-Tier-to-SQL-VMs-Outbound", "/asg-data"],
    ["Allow-App-Tier-to-SQL-VMs-2-Outbound", "/asg-audit"],
  ]);
});

test("a flow on the port that a balanced tier serves goes to its load balancer too", () => {
  const tiers = [tier("a", 443), tier("b", 443), tier("c", 1433, { loadBalancerAddress: "10.9.0.132" })];
  const flows = [{ from: "a", to: "c", port: 1433, protocol: "Tcp" as const, description: "" }];
  const rules = compileSecurityRules(context(tiers, { flows })).tiers.get("a");
  expect(names(rules)).toContain("Allow-A-Tier-to-C-LB-Outbound");
  expect(names(rules)).toContain("Allow-A-Tier-to-SQL-VMs-Outbound");
});

test("a flow on another port, or by Udp, is a rule between the machines alone, in both NSGs", () => {
  const tiers = [tier("a", 443), tier("b", 443, { loadBalancerAddress: "10.9.0.68" })];
  const flows = [{ from: "b", to: "a", port: 443, protocol: "Udp" as const, description: "QUIC" }];
  const { tiers: rules } = compileSecurityRules(context(tiers, { flows }));
  expect(names(rules.get("b"))).toContain("Allow-B-Tier-to-A-VMs-Udp-443-Outbound");
  expect(names(rules.get("a"))).toContain("Allow-B-Tier-to-A-VMs-Udp-443-Inbound");
  expect(names(rules.get("a")).filter((name) => name.includes("A-LB"))).toEqual([]);
});

test("a band that is full is refused with what to do, never overrun", () => {
  const managementAccess = Array.from({ length: 201 }, (_, index) => ({
    from: `10.0.1.${index}/32`,
    to: ["a"],
    port: 443,
    protocol: "Tcp" as const,
    description: "",
  }));
  expect(() => compileSecurityRules(context([tier("a", 443)], { managementAccess }))).toThrow(/TooManySecurityRules/);
});

test("the same access asked for twice is one rule", () => {
  const access = { from: "10.0.1.0/26", to: ["a"], port: 443, protocol: "Tcp" as const, description: "" };
  const rules = compileSecurityRules(
    context([tier("a", 443)], { managementAccess: [access, { ...access, description: "again" }] }),
  );
  expect(names(rules.tiers.get("a")).filter((name) => name.startsWith("Allow-Management"))).toHaveLength(1);
});
