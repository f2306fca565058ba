import { randomUUID } from "node:crypto";
import type { NetworkManagementClient } from "@azure/arm-network";
import { beforeAll, describe, expect, it } from "vitest";
import { firstSubscription } from "../../local-azure.ts";
import { expectRefusal, group, location, subnetId, useNetwork } from "../network-fixture.ts";
import { allowSecrets, gateway, gatewayName, makeSurroundings, part, putGateway, scope } from "./gateway-fixture.ts";

const fixture = useNetwork();
let users: string[] = [];
const roleApi = "?api-version=2022-04-01";

/** A client of a user who may write everything in the group and nothing besides but what is given. */
async function writerWith(actions: readonly string[]): Promise<NetworkManagementClient> {
  const principalId = users.shift();
  if (principalId === undefined) throw new Error("the seed has too few users for this test");
  const name = randomUUID();
  const role = `${scope}/providers/Microsoft.Authorization/roleDefinitions/${name}`;
  const permissions = [{ actions: ["*/read", "Microsoft.Network/*/write", ...actions] }];
  const definition = { roleName: name, type: "CustomRole", permissions, assignableScopes: [scope] };
  expect((await fixture.azure.request("PUT", role + roleApi, { properties: definition })).status).toBe(201);
  const assignment = `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}${roleApi}`;
  const properties = { roleDefinitionId: role, principalId, principalType: "User" };
  expect((await fixture.azure.request("PUT", assignment, { properties })).status).toBe(201);
  return fixture.azure.network(firstSubscription, principalId);
}

const joins = [
  "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
  "Microsoft.Network/virtualNetworks/subnets/join/action",
  "Microsoft.Network/publicIPAddresses/join/action",
  "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies/join/action",
];

beforeAll(async () => {
  await allowSecrets(fixture.azure, await makeSurroundings(fixture));
  users = (await fixture.azure.control<{ users: { id: string }[] }>("GET", "seed")).users.map(({ id }) => id);
});

describe("whoever makes an Application Gateway", () => {
  const put = (client: NetworkManagementClient) =>
    client.applicationGateways.createOrUpdate(group, gatewayName, gateway());

  it.each(joins)("needs %s", async (action) => {
    const client = await writerWith(joins.filter((other) => other !== action));
    await expect(put(client)).rejects.toMatchObject({
      statusCode: 403,
      code: "LinkedAuthorizationFailed",
      message: expect.stringContaining(action),
    });
  });

  it("needs no more than these", async () => {
    expect((await put(await writerWith(joins))).provisioningState).toBe("Succeeded");
  });
});

describe("a network interface", () => {
  const join = (client: NetworkManagementClient, region = location, network = "vnet") =>
    client.networkInterfaces.createOrUpdate(group, `nic-${region}`, {
      location: region,
      ipConfigurations: [
        {
          name: "ip",
          subnet: { id: subnetId(network, "web") },
          applicationGatewayBackendAddressPools: [part("backendAddressPools", "web")],
        },
      ],
    });

  it("joins a gateway's pool only with the permission to", async () => {
    await putGateway(fixture);
    const subnet = "Microsoft.Network/virtualNetworks/subnets/join/action";
    await expectRefusal(join(await writerWith([subnet])), 403, "LinkedAuthorizationFailed");
    const pool = "Microsoft.Network/applicationGateways/backendAddressPools/join/action";
    await join(await writerWith([subnet, pool]));
  });

  it("joins no pool of a gateway in another region", async () => {
    const far = { location: "northeurope", addressSpace: { addressPrefixes: ["10.6.0.0/16"] } };
    const subnets = [{ name: "web", addressPrefix: "10.6.0.0/24" }];
    await fixture.client.virtualNetworks.createOrUpdate(group, "vnet-north", { ...far, subnets });
    await expectRefusal(join(fixture.client, "northeurope", "vnet-north"), 400, "InvalidResourceReference");
  });
});
