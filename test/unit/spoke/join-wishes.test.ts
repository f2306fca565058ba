import { expect, test } from "vitest";
import type { FirewallNetworkRuleBody } from "../../../shared/domain/resource.ts";
import { joinWishes, type SharedMembership } from "../../../shared/spoke/join-wishes.ts";

const common = { ownership: "membership", steps: [5], dependsOn: [] } as const;

const addresses = (ipAddresses: readonly string[], retired: readonly string[] = []): SharedMembership => ({
  ...common,
  id: "/ipg",
  type: "Microsoft.Network/ipGroups",
  body: { location: "westeurope", ipAddresses },
  retired,
});

const rule = (name: string, port = "443"): FirewallNetworkRuleBody => ({
  name,
  description: "",
  ipProtocols: ["TCP"],
  sourceAddresses: [],
  sourceIpGroupIds: [],
  destinationAddresses: [],
  destinationPorts: [port],
});

const rules = (
  networkRules: readonly FirewallNetworkRuleBody[],
  retired: readonly string[] = [],
): SharedMembership => ({
  ...common,
  id: "/rcg",
  type: "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
  body: { priority: 2000, networkRules, applicationRules: [] },
  retired,
});

test("all that any wants, gone what one retires", () => {
  const joined = joinWishes(addresses(["a"]), [addresses(["b", "a"], ["x"]), addresses([], ["y"])]);
  expect(joined.body).toMatchObject({ ipAddresses: ["a", "b"] });
  expect(joined.retired).toEqual(["x", "y"]);
});

test("what one retires and another wants stays", () => {
  expect(joinWishes(addresses([], ["a"]), [addresses(["a"])]).retired).toEqual([]);
});

test("rules by name; the first wish decides where two differ", () => {
  const joined = joinWishes(rules([rule("dns", "53")]), [rules([rule("dns", "54"), rule("b.out")], ["b.old"])]);
  expect(joined.body).toMatchObject({ networkRules: [{ name: "dns", destinationPorts: ["53"] }, { name: "b.out" }] });
  expect(joined.retired).toEqual(["b.old"]);
});
