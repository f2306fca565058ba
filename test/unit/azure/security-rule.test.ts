import { expect, test } from "vitest";
import { nativeSecurityRule, securityRuleBody } from "../../../shared/azure/security-rule.ts";
import type { SecurityRuleBody } from "../../../shared/domain/resource.ts";

const group = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationSecurityGroups/asg-app";
const rule: SecurityRuleBody = {
  name: "Allow-App-Tier-to-SQL-VMs-Inbound",
  description: "",
  priority: 105,
  direction: "Inbound",
  access: "Allow",
  protocol: "Tcp",
  sourceAddressPrefixes: [],
  sourceApplicationSecurityGroupIds: [group],
  sourcePortRanges: ["*"],
  destinationAddressPrefixes: ["10.20.0.128/26", "10.20.1.0/26"],
  destinationApplicationSecurityGroupIds: [],
  destinationPortRanges: ["1433"],
};

test("a rule that was written reads as it was", () => {
  expect(securityRuleBody(nativeSecurityRule(rule), rule)).toEqual(rule);
  expect(securityRuleBody(nativeSecurityRule(rule), undefined)).toEqual(rule);
});

test("any and service tags are written into the singular fields, the only ones in which Azure takes them", () => {
  const native = nativeSecurityRule({ ...rule, sourceApplicationSecurityGroupIds: [], sourceAddressPrefixes: ["*"] });
  expect(native).toMatchObject({ sourceAddressPrefix: "*", sourcePortRange: "*", destinationPortRange: "1433" });
  expect(native.sourceAddressPrefixes).toBeUndefined();
  expect(native.destinationAddressPrefixes).toEqual(["10.20.0.128/26", "10.20.1.0/26"]);
});

test("Azure's other spelling of a protocol is the same protocol; an unknown one is an error, never any", () => {
  expect(securityRuleBody({ ...nativeSecurityRule(rule), protocol: "TCP" }, rule)).toEqual(rule);
  expect(() => securityRuleBody({ ...nativeSecurityRule(rule), protocol: "Sctp" }, rule)).toThrow(/Sctp/);
});
