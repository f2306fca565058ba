import { describe, expect, test } from "vitest";
import type { SecurityRuleBody } from "../../../../shared/domain/resource.ts";
import { securityGroupChange } from "../../../../shared/spoke/changes/security-group-meaning.ts";
import { handMadeRule } from "../../reconcile/changes/watched-network.ts";
import { contractRequest, stateOf } from "../example.ts";

const { design, resources } = stateOf(contractRequest);
const found = resources.find(({ id }) => id.endsWith("/nsg-orders-prod-data"));
if (found?.type !== "Microsoft.Network/networkSecurityGroups") throw new Error("no NSG");
const before = found.body as { securityRules: readonly SecurityRuleBody[] } & typeof found.body;

/** The worst that a rule by hand means for the data tier. */
function worstOf(more: Partial<SecurityRuleBody>, behindFirewall: boolean): string {
  const after = { ...before, securityRules: [...before.securityRules, handMadeRule("by-hand", more)] };
  const { meanings } = securityGroupChange(
    { ...design.ruleContext, behindFirewall },
    "data",
    before as never,
    after as never,
  );
  return meanings[0] === undefined ? "none" : `${meanings[0].severity} ${meanings[0].code}`;
}

describe("a rule by hand", () => {
  test.each<[string, Partial<SecurityRuleBody>, boolean, string]>([
    ["for everybody", {}, false, "critical ReachableFromInternet"],
    ["for Internet", { sourceAddressPrefixes: ["Internet"] }, true, "critical ReachableFromInternet"],
    [
      "for VirtualNetwork behind a firewall: the tag covers every address (trap 6)",
      { sourceAddressPrefixes: ["VirtualNetwork"] },
      true,
      "critical ReachableFromInternet",
    ],
    [
      "for VirtualNetwork elsewhere",
      { sourceAddressPrefixes: ["VirtualNetwork"] },
      false,
      "critical ReachableAcrossTiers",
    ],
    [
      "for a tag that nothing is known of: it may be any address (trap 11)",
      { sourceAddressPrefixes: ["SomeNewService"] },
      false,
      "critical ReachableFromInternet",
    ],
    [
      "for all of Azure, where anybody may have a machine",
      { sourceAddressPrefixes: ["AzureCloud"] },
      false,
      "critical ReachableFromInternet",
    ],
    // Members of either may have any address of the network, for all that rules tell.
    [
      "for Azure's managers of gateways",
      { sourceAddressPrefixes: ["GatewayManager"] },
      false,
      "critical ReachableAcrossTiers",
    ],
    [
      "for an ASG of others",
      { sourceAddressPrefixes: [], sourceApplicationSecurityGroupIds: ["/subscriptions/1/asg-of-others"] },
      false,
      "critical ReachableAcrossTiers",
    ],
    ["for an address on premises", { sourceAddressPrefixes: ["192.168.7.0/24"] }, false, "high MoreReachable"],
    [
      "outbound to a tag that nothing is known of",
      { direction: "Outbound", destinationAddressPrefixes: ["SomeNewService"] },
      false,
      "high ReachesInternet",
    ],
    ["that denies what does not pass anyway", { sourceAddressPrefixes: ["10.20.9.1"], access: "Deny" }, true, "none"],
    ["for IPv6, which is not modelled", { sourceAddressPrefixes: ["2001:db8::/32"] }, true, "critical MeaningUnknown"],
  ])("%s", (_, more, behindFirewall, expected) => {
    expect(worstOf(more, behindFirewall)).toBe(expected);
  });
});
