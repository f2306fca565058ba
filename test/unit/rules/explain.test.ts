import { describe, expect, test } from "vitest";
import { explain } from "../../../shared/rules/explain/explain.ts";
import { noMemberships, type Packet } from "../../../shared/rules/meaning/packet.ts";
import { parseSecurityGroup } from "../../../shared/rules/meaning/parse-security-group.ts";
import { readingOf, usualReading } from "../../../shared/rules/meaning/reading.ts";
import { ruleOf } from "./meaning/rule-of.ts";

const packet: Packet = {
  direction: "Inbound",
  protocol: "Tcp",
  sourceAddress: "10.0.0.4",
  sourcePort: 50000,
  destinationAddress: "10.0.1.4",
  destinationPort: 443,
};
const group = (name: string, ...rules: unknown[]) => ({ ...parseSecurityGroup(rules), name });
const denySsh = ruleOf({ name: "DenySsh", access: "Deny", destinationPortRange: "22" });

describe("explain", () => {
  test("names the deciding rule at each group on the way, up to the first that denies", () => {
    const groups = [group("subnet", denySsh), group("nic", ruleOf({ name: "Closed", access: "Deny" })), group("never")];
    const { access, decisions } = explain(groups, packet, usualReading, noMemberships);
    expect(access).toBe("Deny");
    expect(decisions.map(({ networkSecurityGroup, rule }) => [networkSecurityGroup, rule])).toEqual([
      ["subnet", "AllowVnetInBound"],
      ["nic", "Closed"],
    ]);
  });

  test("the virtual network's prefixes decide who is inside", () => {
    const inside = explain([group("g")], packet, readingOf(["10.0.0.0/16"]), noMemberships);
    const outside = explain([group("g")], packet, readingOf(["10.9.0.0/16"]), noMemberships);
    expect([inside.access, outside.access]).toEqual(["Allow", "Deny"]);
  });

  test("trap 11: a rule for a tag of unknown members leaves the answer open, and is named", () => {
    const denyTag = ruleOf({ name: "DenyStorage", access: "Deny", sourceAddressPrefix: "Storage" });
    const { access, decisions } = explain([group("g", denyTag)], packet, usualReading, noMemberships);
    expect(access).toBe("Unknown");
    expect(decisions[0]?.undecided).toEqual([{ rule: "DenyStorage", priority: 100, symbols: ["tag:storage"] }]);
  });

  test("told memberships decide; a tag that would decide the same leaves nothing open", () => {
    const denyTag = ruleOf({ name: "DenyStorage", access: "Deny", sourceAddressPrefix: "Storage" });
    const allowTag = ruleOf({ name: "AllowStorage", sourceAddressPrefix: "Storage" });
    const told = { source: ["tag:storage"], destination: [] };
    expect(explain([group("g", denyTag)], packet, usualReading, told).access).toBe("Deny");
    expect(explain([group("g", allowTag)], packet, usualReading, noMemberships).access).toBe("Allow");
  });
});
