import type { SecurityRule } from "@azure/arm-network";
import { describe, expect, it } from "vitest";
import { all, expectRefusal, group, location, rule, useNetwork } from "./network-fixture.ts";

const fixture = useNetwork();
const rules = () => fixture.client.securityRules;

async function newGroup(name: string, securityRules: SecurityRule[] = []): Promise<void> {
  await fixture.client.networkSecurityGroups.createOrUpdate(group, name, { location, securityRules });
}
async function newAsg(name: string, region = location): Promise<string> {
  const asg = await fixture.client.applicationSecurityGroups.createOrUpdate(group, name, { location: region });
  return asg.id ?? "";
}

describe("security rules", () => {
  it("are created, read, listed, changed and deleted by their own URL", async () => {
    await newGroup("nsg");
    const created = await rules().createOrUpdate(group, "nsg", "r1", rule("r1", 100));
    expect(created).toMatchObject({ name: "r1", provisioningState: "Succeeded", access: "Allow" });
    await rules().createOrUpdate(
      group,
      "nsg",
      "r1",
      rule("r1", 150, { access: "Deny", destinationPortRange: "80-90" }),
    );
    expect(await rules().get(group, "nsg", "r1")).toMatchObject({
      priority: 150,
      access: "Deny",
      destinationPortRange: "80-90",
    });
    expect((await all(rules().list(group, "nsg"))).map(({ name }) => name)).toEqual(["r1"]);
    expect((await fixture.client.networkSecurityGroups.get(group, "nsg")).securityRules).toHaveLength(1);
    await rules().delete(group, "nsg", "r1");
    await rules().delete(group, "nsg", "r1");
    await expectRefusal(rules().get(group, "nsg", "r1"), 404, "NotFound");
  });

  it("need their group", async () => {
    await expectRefusal(rules().createOrUpdate(group, "none", "r1", rule("r1", 100)), 404, "ParentResourceNotFound");
  });

  it("conflict with a rule of the same priority and direction only", async () => {
    await newGroup("nsg-conflict", [rule("a", 100)]);
    await expectRefusal(
      rules().createOrUpdate(group, "nsg-conflict", "b", rule("b", 100)),
      400,
      "SecurityRuleConflict",
    );
    await rules().createOrUpdate(group, "nsg-conflict", "b", rule("b", 100, { direction: "Outbound" }));
    await expectRefusal(newGroup("nsg-both", [rule("a", 100), rule("b", 100)]), 400, "SecurityRuleConflict");
    await expectRefusal(fixture.client.networkSecurityGroups.get(group, "nsg-both"), 404, "ResourceNotFound");
  });

  const refused: [string, Partial<SecurityRule>, string][] = [
    ["a priority below 100", { priority: 99 }, "SecurityRuleInvalidPriority"],
    ["a priority above 4096", { priority: 4097 }, "SecurityRuleInvalidPriority"],
    ["a port list in one text", { destinationPortRange: "80,443" }, "SecurityRuleInvalidPortRange"],
    ["a port out of range", { destinationPortRange: "70000" }, "SecurityRuleInvalidPortRange"],
    ["a reversed range", { sourcePortRange: "90-80" }, "SecurityRuleInvalidPortRange"],
    [
      "any port in a list",
      { destinationPortRange: undefined, destinationPortRanges: ["*"] },
      "SecurityRuleParameterContainsInvalidPortRanges",
    ],
    ["both port members", { destinationPortRanges: ["80"] }, "RequiredSecurityRuleParametersMissing"],
    ["host bits in a prefix", { sourceAddressPrefix: "20.20.20.20/16" }, "SecurityRuleInvalidAddressPrefix"],
    ["the word any", { sourceAddressPrefix: "any" }, "SecurityRuleInvalidAddressPrefix"],
    ["an unknown service tag", { destinationAddressPrefix: "AzureBastionSubnet" }, "SecurityRuleInvalidAddressPrefix"],
    [
      "an unknown region of a tag",
      { destinationAddressPrefix: "Storage.Atlantis" },
      "SecurityRuleInvalidAddressPrefix",
    ],
    [
      "a tag in a list",
      { sourceAddressPrefix: undefined, sourceAddressPrefixes: ["Internet"] },
      "SecurityRuleParameterContainsUnsupportedValue",
    ],
    [
      "* in a list",
      { sourceAddressPrefix: undefined, sourceAddressPrefixes: ["*"] },
      "SecurityRuleParameterContainsUnsupportedValue",
    ],
    ["both address members", { sourceAddressPrefixes: ["10.0.0.0/8"] }, "RequiredSecurityRuleParametersMissing"],
    ["no source", { sourceAddressPrefix: undefined }, "RequiredSecurityRuleParametersMissing"],
    ["an unknown protocol", { protocol: "Sctp" }, "InvalidRequestFormat"],
    ["an unknown access", { access: "Maybe" }, "InvalidRequestFormat"],
    ["a long description", { description: "x".repeat(141) }, "SecurityRuleDescriptionTooLong"],
  ];
  it.each(refused)("refuse %s", async (_what, members, code) => {
    await newGroup("nsg-refuse");
    await expectRefusal(rules().createOrUpdate(group, "nsg-refuse", "r", rule("r", 100, members)), 400, code);
    expect(await all(rules().list(group, "nsg-refuse"))).toEqual([]);
  });

  it("take lists, service tags in any letter case, single addresses and every protocol", async () => {
    await newGroup("nsg-lists");
    const lists = { sourceAddressPrefix: undefined, sourceAddressPrefixes: ["10.0.0.0/8", "192.0.2.1"] };
    const stored = await rules().createOrUpdate(group, "nsg-lists", "lists", rule("lists", 100, lists));
    expect(stored.sourceAddressPrefix).toBeUndefined();
    expect(stored.sourceAddressPrefixes).toEqual(["10.0.0.0/8", "192.0.2.1"]);
    const tags = [
      "VIRTUALNETWORK",
      "Storage.WestEurope",
      "AzureFrontDoor.Backend",
      "AzurePlatformIMDS",
      "2001:db8::/32",
    ];
    for (const [index, tag] of tags.entries()) {
      await rules().createOrUpdate(
        group,
        "nsg-lists",
        `t${index}`,
        rule(`t${index}`, 200 + index, { destinationAddressPrefix: tag }),
      );
    }
    for (const [index, protocol] of ["Tcp", "udp", "ICMP", "Esp", "Ah", "*"].entries()) {
      await rules().createOrUpdate(group, "nsg-lists", `p${index}`, rule(`p${index}`, 300 + index, { protocol }));
    }
    expect((await rules().get(group, "nsg-lists", "p2")).protocol).toBe("Icmp");
  });

  it("name application security groups that stand in the same region", async () => {
    await newGroup("nsg-asg");
    const id = await newAsg("asg-web");
    const source = (asg: string) => ({
      sourceAddressPrefix: undefined,
      sourceApplicationSecurityGroups: [{ id: asg }],
    });
    const stored = await rules().createOrUpdate(group, "nsg-asg", "web", rule("web", 100, source(id)));
    expect(stored.sourceApplicationSecurityGroups).toMatchObject([{ id }]);
    await expectRefusal(
      rules().createOrUpdate(group, "nsg-asg", "gone", rule("gone", 110, source(`${id}-gone`))),
      400,
      "InvalidResourceReference",
    );
    const far = await newAsg("asg-far", "northeurope");
    await expectRefusal(
      rules().createOrUpdate(group, "nsg-asg", "far", rule("far", 120, source(far))),
      400,
      "InvalidResourceReference",
    );
    await expectRefusal(
      fixture.client.applicationSecurityGroups.delete(group, "asg-web"),
      400,
      "InUseApplicationSecurityGroupCannotBeDeleted",
    );
  });

  it("stay within Azure's limits: 1000 rules, 4000 prefixes, 10 application security groups a side", async () => {
    const many = Array.from({ length: 1001 }, (_, index) => rule(`r${index}`, 100 + index));
    await expectRefusal(newGroup("nsg-many", many), 400, "NetworkSecurityGroupRuleCountLimitReached");
    await newGroup("nsg-many", many.slice(0, 1000));
    const prefixes = Array.from({ length: 4001 }, (_, i) => `10.${Math.floor(i / 250)}.${i % 250}.0/24`);
    await newGroup("nsg-limits");
    await expectRefusal(
      rules().createOrUpdate(
        group,
        "nsg-limits",
        "p",
        rule("p", 100, { sourceAddressPrefix: undefined, sourceAddressPrefixes: prefixes }),
      ),
      400,
      "SecurityRuleAddressPrefixesCountLimitExceeded",
    );
    const groups = await Promise.all(Array.from({ length: 11 }, (_, index) => newAsg(`asg-limit-${index}`)));
    await expectRefusal(
      rules().createOrUpdate(
        group,
        "nsg-limits",
        "g",
        rule("g", 100, {
          sourceAddressPrefix: undefined,
          sourceApplicationSecurityGroups: groups.map((id) => ({ id })),
        }),
      ),
      400,
      "SecurityRuleApplicationSecurityGroupsCountLimitExceeded",
    );
  });
});
