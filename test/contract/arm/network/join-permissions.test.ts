import { randomUUID } from "node:crypto";
import type { NetworkManagementClient } from "@azure/arm-network";
import { beforeAll, describe, expect, it } from "vitest";
import { firstGroup, firstSubscription } from "../local-azure.ts";
import { expectRefusal, group, location, makeNetwork, networkId, subnetId, useNetwork } from "./network-fixture.ts";

const fixture = useNetwork();
const scope = `/subscriptions/${firstSubscription}/resourceGroups/${group}`;
let users: string[] = [];

/** A client of a user who may write everything in the group and join nothing but what is given. */
async function writerWith(...joins: string[]): Promise<NetworkManagementClient> {
  const user = users.shift();
  if (user === undefined) throw new Error("the seed has too few users for this test");
  const roleId = randomUUID();
  const role = `${scope}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`;
  const actions = ["*/read", "Microsoft.Network/*/write", ...joins];
  const defined = await fixture.azure.request("PUT", `${role}?api-version=2022-04-01`, {
    properties: {
      roleName: `writer ${roleId}`,
      type: "CustomRole",
      permissions: [{ actions }],
      assignableScopes: [scope],
    },
  });
  expect(defined.status).toBe(201);
  const assignment = `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}?api-version=2022-04-01`;
  const assigned = await fixture.azure.request("PUT", assignment, {
    properties: { roleDefinitionId: role, principalId: user, principalType: "User" },
  });
  expect(assigned.status).toBe(201);
  return fixture.azure.network(firstSubscription, user);
}

beforeAll(async () => {
  const seed = await fixture.azure.control<{ users: { id: string }[] }>("GET", "seed");
  users = seed.users.map(({ id }) => id);
  const client = fixture.client;
  await client.networkSecurityGroups.createOrUpdate(group, "nsg", { location });
  await client.routeTables.createOrUpdate(group, "rt", { location });
  await client.applicationSecurityGroups.createOrUpdate(group, "asg", { location });
  await makeNetwork(client, "vnet", "10.0.0.0/16", { a: "10.0.0.0/24" });
  await makeNetwork(client, "remote", "10.1.0.0/16");
});

const denied = "LinkedAuthorizationFailed";
const nsg = { id: `${networkId}/networkSecurityGroups/nsg` };
const routeTable = { id: `${networkId}/routeTables/rt` };
const asg = { id: `${networkId}/applicationSecurityGroups/asg` };
const subnet = (client: NetworkManagementClient, more: object) =>
  client.subnets.createOrUpdate(group, "vnet", "a", { addressPrefix: "10.0.0.0/24", ...more });
const nic = (client: NetworkManagementClient, more: object) =>
  client.networkInterfaces.createOrUpdate(group, "nic", {
    location,
    ipConfigurations: [{ name: "ip", subnet: { id: subnetId("vnet", "a") }, ...more }],
  });
const peering = (client: NetworkManagementClient) =>
  client.virtualNetworkPeerings.createOrUpdate(group, "vnet", "to-remote", {
    remoteVirtualNetwork: { id: `${networkId}/virtualNetworks/remote` },
  });
const asgRule = (client: NetworkManagementClient) =>
  client.securityRules.createOrUpdate(group, "nsg", "asg", {
    priority: 100,
    direction: "Inbound",
    access: "Allow",
    protocol: "Tcp",
    sourceApplicationSecurityGroups: [asg],
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "443",
  });

describe("joining", () => {
  it("is refused to who may only write", async () => {
    const client = await writerWith();
    await subnet(client, {});
    await expectRefusal(subnet(client, { networkSecurityGroup: nsg }), 403, denied);
    await expectRefusal(subnet(client, { routeTable }), 403, denied);
    await expectRefusal(nic(client, {}), 403, denied);
    await expectRefusal(peering(client), 403, denied);
    await expectRefusal(asgRule(client), 403, denied);
  });

  it("is granted action by action", async () => {
    const client = await writerWith(
      "Microsoft.Network/networkSecurityGroups/join/action",
      "Microsoft.Network/routeTables/join/action",
      "Microsoft.Network/virtualNetworks/subnets/join/action",
      "Microsoft.Network/virtualNetworks/peer/action",
      "Microsoft.Network/applicationSecurityGroups/joinIpConfiguration/action",
      "Microsoft.Network/applicationSecurityGroups/joinNetworkSecurityRule/action",
    );
    await subnet(client, { networkSecurityGroup: nsg, routeTable });
    await nic(client, { applicationSecurityGroups: [asg] });
    await peering(client);
    await asgRule(client);
  });
});

describe("a role assignment on a resource", () => {
  it("is no use of it: the resource can be deleted", async () => {
    const { client } = fixture;
    const pip = { location, sku: { name: "Standard" }, publicIPAllocationMethod: "Static" } as const;
    await client.publicIPAddresses.createOrUpdate(group, "pip-free", pip);
    await client.ipGroups.createOrUpdate(group, "ipg-free", { location, ipAddresses: ["10.0.0.0/16"] });
    await client.networkSecurityGroups.createOrUpdate(group, "nsg-free", { location });
    await makeNetwork(client, "vnet-free", "10.9.0.0/16", { a: "10.9.0.0/24" });
    const ids = [
      "publicIPAddresses/pip-free",
      "ipGroups/ipg-free",
      "networkSecurityGroups/nsg-free",
      "virtualNetworks/vnet-free/subnets/a",
    ];
    const reader = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7";
    for (const id of ids) {
      const path = `${networkId}/${id}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}?api-version=2022-04-01`;
      const properties = { roleDefinitionId: reader, principalId: firstGroup, principalType: "Group" };
      expect((await fixture.azure.request("PUT", path, { properties })).status).toBe(201);
    }
    await client.publicIPAddresses.delete(group, "pip-free");
    await client.ipGroups.delete(group, "ipg-free");
    await client.networkSecurityGroups.delete(group, "nsg-free");
    await client.subnets.delete(group, "vnet-free", "a");
  });
});
