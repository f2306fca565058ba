import type { FirewallPolicyRuleCollectionGroup, FirewallPolicyRuleUnion } from "@azure/arm-network";
import { beforeAll, describe, expect, it } from "vitest";
import {
  all,
  expectRefusal,
  group,
  location,
  makeNetwork,
  networkId,
  subnetId,
  useNetwork,
} from "./network-fixture.ts";

const fixture = useNetwork();
const policies = () => fixture.client.firewallPolicies;
const groups = () => fixture.client.firewallPolicyRuleCollectionGroups;
const ipGroups = () => fixture.client.ipGroups;
const ipGroupId = `${networkId}/ipGroups/spokes`;

const fqdns = (name: string, more: object = {}): FirewallPolicyRuleUnion => ({
  ruleType: "ApplicationRule",
  name,
  sourceIpGroups: [ipGroupId],
  protocols: [{ protocolType: "Https", port: 443 }],
  targetFqdns: ["login.microsoftonline.com", "*.update.microsoft.com"],
  ...more,
});
const ports = (name: string, more: object = {}): FirewallPolicyRuleUnion => ({
  ruleType: "NetworkRule",
  name,
  sourceIpGroups: [ipGroupId],
  ipProtocols: ["UDP"],
  destinationAddresses: ["40.119.6.228"],
  destinationPorts: ["123"],
  ...more,
});
const groupOf = (
  priority: number,
  rules: FirewallPolicyRuleUnion[],
  name = "allow",
): FirewallPolicyRuleCollectionGroup => ({
  priority,
  ruleCollections: [
    { ruleCollectionType: "FirewallPolicyFilterRuleCollection", name, priority: 100, action: { type: "Allow" }, rules },
  ],
});

beforeAll(async () => {
  await policies().createOrUpdate(group, "policy", { location, sku: { tier: "Standard" } });
  await ipGroups().createOrUpdate(group, "spokes", { location, ipAddresses: ["10.1.0.0/16"] });
});

describe("IP groups", () => {
  it("are created, read, listed, tagged, changed and deleted", async () => {
    const addresses = ["10.2.0.0/16", "192.0.2.1", "192.0.2.10-192.0.2.20"];
    expect(await ipGroups().createOrUpdate(group, "ipg", { location, ipAddresses: addresses })).toMatchObject({
      ipAddresses: addresses,
      provisioningState: "Succeeded",
    });
    expect((await all(ipGroups().list())).map(({ name }) => name)).toContain("ipg");
    expect((await all(ipGroups().listByResourceGroup(group))).map(({ name }) => name)).toContain("ipg");
    expect((await ipGroups().updateGroups(group, "ipg", { tags: { a: "b" } })).tags).toEqual({ a: "b" });
    await ipGroups().delete(group, "ipg");
    await expectRefusal(ipGroups().get(group, "ipg"), 404, "ResourceNotFound");
  });

  it.each([
    ["10.0.0.1/16", "InvalidCIDRNotation"],
    ["somewhere", "InvalidAddressPrefixFormat"],
    ["10.0.0.9-10.0.0.1", "InvalidAddressPrefixFormat"],
  ])("refuse %s", (address, code) =>
    expectRefusal(ipGroups().createOrUpdate(group, "ipg-x", { location, ipAddresses: [address] }), 400, code),
  );
});

describe("rule collection groups", () => {
  it("are created, read, listed, changed and deleted", async () => {
    expect(await groups().createOrUpdate(group, "policy", "rcg", groupOf(500, [fqdns("updates")]))).toMatchObject({
      priority: 500,
      ruleCollections: [{ name: "allow", rules: [{ name: "updates", sourceIpGroups: [ipGroupId] }] }],
    });
    expect(await groups().createOrUpdate(group, "policy", "rcg", groupOf(500, [ports("ntp")]))).toMatchObject({
      ruleCollections: [{ rules: [{ name: "ntp", destinationPorts: ["123"] }] }],
    });
    const id = `${networkId}/firewallPolicies/policy/ruleCollectionGroups/rcg`;
    expect((await all(groups().list(group, "policy"))).map((one) => one.id)).toContain(id);
    expect((await policies().get(group, "policy")).ruleCollectionGroups).toMatchObject([{ id }]);
    expect((await ipGroups().get(group, "spokes")).firewallPolicies).toMatchObject([
      { id: `${networkId}/firewallPolicies/policy` },
    ]);
    await expectRefusal(ipGroups().delete(group, "spokes"), 400, "IpGroupsHasResourceReferences");
    await groups().delete(group, "policy", "rcg");
    await expectRefusal(groups().get(group, "policy", "rcg"), 404, "ResourceNotFound");
  });

  const refused: [string, FirewallPolicyRuleCollectionGroup, string][] = [
    ["a priority out of range", groupOf(99, [ports("a")]), "FirewallPolicyRuleGroupInvalidPriorityValue"],
    [
      "an IP group that does not stand",
      groupOf(600, [ports("a", { sourceIpGroups: [`${ipGroupId}-x`] })]),
      "InvalidResourceReference",
    ],
    [
      "no source",
      groupOf(600, [ports("a", { sourceIpGroups: [] })]),
      "FirewallPolicyRuleConditionIpAddressesAndPortsMustBeSpecified",
    ],
    [
      "no protocol",
      groupOf(600, [ports("a", { ipProtocols: [] })]),
      "FirewallPolicyNetworkRuleConditionAtLeastOneProtocolRequired",
    ],
    [
      "a wrong port",
      groupOf(600, [ports("a", { destinationPorts: ["x"] })]),
      "FirewallPolicyRuleConditionInvalidPortOrRangeFormat",
    ],
    [
      "a wrong address",
      groupOf(600, [ports("a", { destinationAddresses: ["x"] })]),
      "FirewallPolicyRuleConditionInvalidIpAddressOrRangeFormat",
    ],
    [
      "a wrong name",
      groupOf(600, [fqdns("a", { targetFqdns: ["a b"] })]),
      "FirewallPolicyApplicationRuleConditionInvalidTargetFqdn",
    ],
    ["two rules of one name", groupOf(600, [ports("a"), ports("A")]), "FirewallPolicyRuleConditionNamesMustBeUnique"],
    ["rules of two types", groupOf(600, [ports("a"), fqdns("b")]), "FirewallPolicyRuleConditionsMustBeOfSameType"],
  ];
  it.each(refused)("refuse %s", (_what, body, code) =>
    expectRefusal(groups().createOrUpdate(group, "policy", "rcg-x", body), 400, code),
  );

  it("have priorities of their own, below a policy that stands", async () => {
    await groups().createOrUpdate(group, "policy", "first", groupOf(700, [ports("a")]));
    await expectRefusal(
      groups().createOrUpdate(group, "policy", "second", groupOf(700, [ports("a")])),
      400,
      "FirewallPolicyRuleGroupPrioritiesMustBeUnique",
    );
    await expectRefusal(
      groups().createOrUpdate(group, "none", "rcg", groupOf(700, [ports("a")])),
      404,
      "ParentResourceNotFound",
    );
  });
});

describe("firewalls and their policies", () => {
  it("are created, read, listed, tagged and deleted in order", async () => {
    const policy = await policies().createOrUpdate(group, "policy-hub", {
      location,
      dnsSettings: { enableProxy: true, servers: ["10.0.0.4"] },
    });
    expect(policy).toMatchObject({
      sku: { tier: "Standard" },
      threatIntelMode: "Alert",
      dnsSettings: { enableProxy: true },
    });
    expect((await all(policies().list(group))).map(({ name }) => name)).toContain("policy-hub");
    expect((await all(policies().listAll())).map(({ name }) => name)).toContain("policy-hub");
    expect((await policies().updateTags(group, "policy-hub", { tags: { a: "b" } })).tags).toEqual({ a: "b" });
    await makeNetwork(fixture.client, "hub", "10.0.0.0/16", {
      AzureFirewallSubnet: "10.0.0.0/26",
      other: "10.0.1.0/26",
    });
    const pip = await fixture.client.publicIPAddresses.createOrUpdate(group, "pip-fw", {
      location,
      sku: { name: "Standard" },
      publicIPAllocationMethod: "Static",
    });
    const body = (subnet: string) => ({
      location,
      sku: { name: "AZFW_VNet", tier: "Standard" },
      firewallPolicy: { id: policy.id ?? "" },
      ipConfigurations: [
        { name: "ip", subnet: { id: subnetId("hub", subnet) }, publicIPAddress: { id: pip.id ?? "" } },
      ],
    });
    const firewalls = fixture.client.azureFirewalls;
    await expectRefusal(firewalls.createOrUpdate(group, "fw-x", body("other")), 400, "AzureFirewallSubnetInvalid");
    const firewall = await firewalls.createOrUpdate(group, "fw", body("AzureFirewallSubnet"));
    expect(firewall).toMatchObject({
      provisioningState: "Succeeded",
      ipConfigurations: [{ privateIPAddress: "10.0.0.4" }],
    });
    expect((await all(firewalls.list(group))).map(({ name }) => name)).toContain("fw");
    expect((await all(firewalls.listAll())).map(({ name }) => name)).toContain("fw");
    expect((await firewalls.updateTags(group, "fw", { tags: { a: "b" } })).tags).toEqual({ a: "b" });
    expect((await policies().get(group, "policy-hub")).firewalls).toMatchObject([{ id: firewall.id }]);
    await expectRefusal(policies().delete(group, "policy-hub"), 400, "FirewallPolicyHasAzureFirewallReferences");
    await expectRefusal(
      fixture.client.publicIPAddresses.delete(group, "pip-fw"),
      400,
      "PublicIPAddressCannotBeDeleted",
    );
    await firewalls.delete(group, "fw");
    await policies().delete(group, "policy-hub");
    await expectRefusal(policies().get(group, "policy-hub"), 404, "ResourceNotFound");
  });
});
