import fc from "fast-check";
import { expect, test } from "vitest";
import { prefixContains } from "../../../shared/domain/address-prefix.ts";
import type { DesiredResource, SecurityRuleBody } from "../../../shared/domain/resource.ts";
import type { DesiredState } from "../../../shared/spoke/desired-state.ts";
import { spokeRequest } from "../domain/arbitraries.ts";
import { stateOf } from "./state-of.ts";

const networkSecurityGroup = "Microsoft.Network/networkSecurityGroups";
/** Azure, "Naming rules and restrictions for Azure resources": securityRules. */
const azureRuleName = /^[a-z0-9]([a-z0-9_.-]{0,78}[a-z0-9_])?$/i;
/** Tags that application rules may name beside prefixes of the spoke. */
const gatewayTags = ["Internet", "GatewayManager", "AzureLoadBalancer"];

const groupsOf = (state: DesiredState) =>
  state.resources.filter(
    (resource): resource is DesiredResource<typeof networkSecurityGroup> => resource.type === networkSecurityGroup,
  );

/** First and last priority that contract §4 gives a rule, told from the rule's name. */
function bandOf({ name }: SecurityRuleBody): readonly [number, number] {
  if (/^DenyAll/.test(name)) return [4096, 4096];
  if (/^Deny-(Spoke|Internal)-/.test(name)) return [4000, 4009];
  if (/^Allow-Firewall-(Tcp|Udp)-Outbound/.test(name)) return [4010, 4090];
  if (/^Allow-(Management-\d|DNS-(Tcp|Udp)-|to-\d)/.test(name)) return [1000, 1995];
  if (/^Allow-(Instance-Metadata|Time-Synchronisation|Windows-Activation)-/.test(name)) return [1000, 1995];
  return [105, 995];
}

function checkRules(rules: readonly SecurityRuleBody[]): void {
  const names = rules.map((rule) => rule.name.toLowerCase());
  expect(new Set(names).size, names.join()).toBe(names.length);
  const places = rules.map((rule) => `${rule.direction} ${rule.priority}`);
  expect(new Set(places).size, places.join()).toBe(places.length);
  for (const rule of rules) {
    expect(rule.name).toMatch(azureRuleName);
    const [first, last] = bandOf(rule);
    expect(rule.priority, rule.name).toBeGreaterThanOrEqual(first);
    expect(rule.priority, rule.name).toBeLessThanOrEqual(last);
  }
}

function checkReferences(state: DesiredState, rules: readonly SecurityRuleBody[]): void {
  const { spokePrefix } = state.design.addresses;
  const own = new Set(
    state.resources
      .filter((resource) => resource.type === "Microsoft.Network/applicationSecurityGroups")
      .map((resource) => resource.id),
  );
  for (const rule of rules) {
    for (const side of [rule.sourceApplicationSecurityGroupIds, rule.destinationApplicationSecurityGroupIds]) {
      expect(side.length, rule.name).toBeLessThanOrEqual(1);
      for (const id of side) expect(own, rule.name).toContain(id);
    }
    if (bandOf(rule)[0] !== 105) continue;
    for (const prefix of [...rule.sourceAddressPrefixes, ...rule.destinationAddressPrefixes]) {
      const known = prefix === "*" || gatewayTags.includes(prefix) || prefixContains(spokePrefix, prefix);
      expect(known, `${rule.name}: ${prefix}`).toBe(true);
    }
  }
}

test("every NSG of every valid request is one that Azure takes, in the contract's bands and about this spoke", () => {
  fc.assert(
    fc.property(spokeRequest, (request) => {
      const state = stateOf(request);
      const groups = groupsOf(state);
      expect(groups).toHaveLength(request.application.tiers.length + 1);
      for (const { body } of groups) {
        checkRules(body.securityRules);
        checkReferences(state, body.securityRules);
      }
    }),
    { numRuns: 700 },
  );
});

test("so are those of tiers whose labels differ by case alone", () => {
  const sqlTiers = fc
    .shuffledSubarray(["sql", "data", "front", "other"], { minLength: 3 })
    .chain((names) => fc.tuple(fc.constant(names), fc.array(fc.constantFrom(1433, 8080), { minLength: 4 })));
  fc.assert(
    fc.property(spokeRequest, sqlTiers, fc.boolean(), (request, [names, ports], balanced) => {
      const tiers = names.map((name, index) => ({
        name,
        port: ports[index] ?? 8443,
        loadBalanced: balanced,
        replicates: true,
      }));
      const flows = names.flatMap((from) =>
        tiers
          .filter((to) => to.name !== from)
          .map((to) => ({ from, to: to.name, port: to.port, protocol: "Tcp" as const, description: "" })),
      );
      const application = { ...request.application, tiers, flows };
      const state = stateOf({ ...request, application, managementAccess: [], outboundAccess: [] });
      for (const { body } of groupsOf(state)) checkRules(body.securityRules);
    }),
    { numRuns: 300 },
  );
});
