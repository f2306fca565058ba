import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NetworkManagementClient } from "@azure/arm-network";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalAzure, startLocalAzure } from "../local-azure.ts";
import { expectRefusal, group, location, makeNetwork, networkId, rule, subnetId } from "./network-fixture.ts";

const network = (name: string) => `${networkId}/virtualNetworks/${name}`;
const rules = (address: string, priority: number) => ({
  priority,
  ruleCollections: [
    {
      ruleCollectionType: "FirewallPolicyFilterRuleCollection",
      name: "allow",
      priority: 100,
      action: { type: "Allow" },
      rules: [
        {
          ruleType: "NetworkRule",
          name: "ntp",
          sourceIpGroups: [`${networkId}/ipGroups/spokes`],
          ipProtocols: ["UDP"],
          destinationAddresses: [address],
          destinationPorts: ["123"],
        },
      ],
    },
  ],
});

/** What stands is made at once; then local Azure runs as slowly as Azure, so that operations meet. */
describe("operations that meet", () => {
  let dataDir: string;
  let azure: LocalAzure;
  let client: NetworkManagementClient;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "local-azure-conflicts-"));
    azure = await startLocalAzure({ dataDir });
    client = azure.network();
    await azure.resources().resourceGroups.createOrUpdate(group, { location });
    for (const [index, name] of ["hub", "one", "two", "three"].entries()) {
      await makeNetwork(client, name, `10.${index}.0.0/16`, { a: `10.${index}.0.0/24` });
    }
    await client.networkSecurityGroups.createOrUpdate(group, "nsg", { location });
    await client.ipGroups.createOrUpdate(group, "spokes", { location, ipAddresses: ["10.1.0.0/16"] });
    await client.firewallPolicies.createOrUpdate(group, "policy", { location });
    await client.firewallPolicyRuleCollectionGroups.createOrUpdate(
      group,
      "policy",
      "first",
      rules("40.119.6.228", 100),
    );
    await azure.stop();
    azure = await startLocalAzure({ dataDir, speed: 1 });
    client = azure.network();
  });
  afterAll(async () => {
    await azure.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it("refuse a second write in one virtual network (trap 17)", async () => {
    await client.subnets.createOrUpdate(group, "one", "b", { addressPrefix: "10.1.1.0/24" }).submitted();
    expect((await client.virtualNetworks.get(group, "one")).provisioningState).toBe("Updating");
    expect((await client.subnets.get(group, "one", "b")).provisioningState).toBe("Updating");
    const code = "AnotherOperationInProgress";
    const second = client.subnets.createOrUpdate(group, "one", "c", { addressPrefix: "10.1.2.0/24" });
    await expectRefusal(second, 409, code);
    await expectRefusal(client.subnets.delete(group, "one", "a"), 409, code);
    await expectRefusal(makeNetwork(client, "one", "10.1.0.0/16"), 409, code);
    await expectRefusal(client.virtualNetworks.delete(group, "one"), 409, code);
    const peering = { remoteVirtualNetwork: { id: network("two") } };
    await expectRefusal(client.virtualNetworkPeerings.createOrUpdate(group, "one", "to-two", peering), 409, code);
  });

  it("refuse a reference to what is still being made", async () => {
    await client.networkSecurityGroups.createOrUpdate(group, "nsg-new", { location }).submitted();
    const nsg = { id: `${networkId}/networkSecurityGroups/nsg-new` };
    await expectRefusal(
      client.subnets.createOrUpdate(group, "two", "b", { addressPrefix: "10.2.1.0/24", networkSecurityGroup: nsg }),
      400,
      "ReferencedResourceNotProvisioned",
    );
    await client.subnets.createOrUpdate(group, "two", "new", { addressPrefix: "10.2.9.0/24" }).submitted();
    const ipConfigurations = [{ name: "ip", subnet: { id: subnetId("two", "new") } }];
    await expectRefusal(
      client.networkInterfaces.createOrUpdate(group, "nic", { location, ipConfigurations }),
      400,
      "ReferencedResourceNotProvisioned",
    );
    const peering = { remoteVirtualNetwork: { id: network("two") } };
    await expectRefusal(
      client.virtualNetworkPeerings.createOrUpdate(group, "hub", "to-two", peering),
      400,
      "ReferencedResourceNotProvisioned",
    );
  });

  it("refuse a second rule of a group, and an edit of the group, while one is written", async () => {
    await client.securityRules.createOrUpdate(group, "nsg", "a", rule("a", 100)).submitted();
    await expectRefusal(
      client.securityRules.createOrUpdate(group, "nsg", "b", rule("b", 110)),
      409,
      "AnotherOperationInProgress",
    );
    await expectRefusal(client.networkSecurityGroups.delete(group, "nsg"), 409, "AnotherOperationInProgress");
  });

  it("let a firewall policy change one rule collection group at a time, and its IP groups with it", async () => {
    const groups = client.firewallPolicyRuleCollectionGroups;
    await groups.createOrUpdate(group, "policy", "first", rules("40.119.6.229", 100)).submitted();
    const code = "AnotherOperationInProgress";
    await expectRefusal(groups.createOrUpdate(group, "policy", "second", rules("40.119.6.228", 200)), 409, code);
    await expectRefusal(groups.delete(group, "policy", "first"), 409, code);
    await expectRefusal(
      client.ipGroups.createOrUpdate(group, "spokes", { location, ipAddresses: ["10.1.0.0/16", "10.2.0.0/16"] }),
      409,
      code,
    );
    await expectRefusal(client.firewallPolicies.createOrUpdate(group, "policy", { location }), 409, code);
  });
});
