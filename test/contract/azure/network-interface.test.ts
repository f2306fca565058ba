import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import { RefusedError } from "../../../shared/domain/errors.ts";
import { firstSubscription, type LocalAzure, platformSubscription, startLocalAzure } from "../arm/local-azure.ts";
import { desired, location, make, networkId, newResourceGroup, portsFor, tags } from "./ports-under-test.ts";

const type = "Microsoft.Network/networkInterfaces";

let azure: LocalAzure;
let ports: AzurePorts;

beforeAll(async () => {
  azure = await startLocalAzure();
  ports = portsFor(azure);
});
afterAll(() => azure.stop());

/** A tier with load balancer and groups, and a machine's interface with two addresses in its subnet. */
async function tierWithMachine() {
  const group = await newResourceGroup(ports);
  const network = networkId(group, "virtualNetworks", "vnet-orders");
  await make(ports, "Microsoft.Network/virtualNetworks", network, {
    location,
    tags,
    addressPrefixes: ["10.20.0.0/22"],
    dnsServers: [],
    subnets: [
      {
        name: "snet-app",
        addressPrefix: "10.20.0.0/26",
        networkSecurityGroupId: null,
        routeTableId: null,
        natGatewayId: null,
        defaultOutboundAccess: false,
        privateEndpointNetworkPolicies: "Enabled",
      },
    ],
  });
  const subnetId = `${network}/subnets/snet-app`;
  const balancer = networkId(group, "loadBalancers", "lbi-orders-app");
  const body = { location, tags, subnetId, privateIpAddress: "10.20.0.4", port: 443 };
  await make(ports, "Microsoft.Network/loadBalancers", balancer, body);
  const asg = (name: string) =>
    make(ports, "Microsoft.Network/applicationSecurityGroups", networkId(group, "applicationSecurityGroups", name), {
      location,
      tags,
    });
  const [own, foreign, former] = [await asg("asg-orders-app"), await asg("asg-foreign"), await asg("asg-orders-data")];
  await azure.network().networkInterfaces.createOrUpdate(group, "nic-1", {
    location,
    tags: { costCenter: "42" },
    ipConfigurations: ["one", "two"].map((name) => ({
      name,
      primary: name === "one",
      subnet: { id: subnetId },
      applicationSecurityGroups: [{ id: foreign }, { id: former }],
    })),
  });
  return { group, network, subnetId, own, foreign, former, pool: `${balancer}/backendAddressPools/backend` };
}

describe("network interface", () => {
  test("joins group and pool with every address, keeps what others gave it, and leaves only what is retired", async () => {
    const { group, subnetId, own, foreign, former, pool } = await tierWithMachine();
    const id = networkId(group, "networkInterfaces", "nic-1");
    const body = { subnetId, applicationSecurityGroupIds: [own], loadBalancerBackendPoolIds: [pool] };
    const port = ports.resources[type];
    const before = await port.observe(desired(type, id, body));
    expect(before?.body.applicationSecurityGroupIds).toEqual([foreign, former]);
    await port.write(desired(type, id, body, [former]), before);

    const native = await azure.network().networkInterfaces.get(group, "nic-1");
    for (const configuration of native.ipConfigurations ?? []) {
      expect(configuration.applicationSecurityGroups?.map((one) => one.id).sort()).toEqual([own, foreign].sort());
      expect(configuration.loadBalancerBackendAddressPools?.map((one) => one.id)).toEqual([pool]);
    }
    expect(native.tags).toEqual({ costCenter: "42" });
    expect((await port.observe(desired(type, id, body)))?.body).toEqual({
      ...body,
      applicationSecurityGroupIds: [own, foreign],
    });
  });

  test("a write to one that is gone is refused, and none is ever removed", async () => {
    const { group, subnetId, own } = await tierWithMachine();
    const body = { subnetId, applicationSecurityGroupIds: [own], loadBalancerBackendPoolIds: [] };
    const gone = desired(type, networkId(group, "networkInterfaces", "nic-2"), body);
    expect(await ports.resources[type].observe(gone)).toBeNull();
    await expect(ports.resources[type].write(gone, null)).rejects.toThrow(/NetworkInterfaceLeftSubnet/);
    await expect(ports.resources[type].remove(gone.id)).rejects.toThrow(RefusedError);
  });
});

describe("facts of a spoke", () => {
  const query = { withSystemTopic: false, subscriptionId: firstSubscription, location };

  test("tell its interfaces, its subnets and every network of the subscription", async () => {
    const { group, network, subnetId, foreign, former } = await tierWithMachine();
    const facts = await ports.facts.observeSpokeFacts({ ...query, virtualNetworkId: network, storageAccountId: null });
    expect(facts.networkInterfaces).toEqual([
      {
        id: networkId(group, "networkInterfaces", "nic-1"),
        subnetIds: [subnetId],
        privateIpAddresses: ["10.20.0.5", "10.20.0.6"],
        applicationSecurityGroupIds: [foreign, former].sort(),
        loadBalancerBackendPoolIds: [],
        virtualMachineId: null,
        scaleSetId: null,
        managedBy: null,
      },
    ]);
    expect(facts.subnets).toEqual([{ name: "snet-app", addressPrefix: "10.20.0.0/26", networkSecurityGroupId: null }]);
    expect(facts.virtualNetworks).toContainEqual({ id: network, addressPrefixes: ["10.20.0.0/22"], tags });
    expect(facts.networkWatcherId).toMatch(/networkWatchers/i);
    expect(facts.storageAccount).toBeNull();
  });

  test("tell the settings of the storage account, and null for one that does not stand", async () => {
    const accounts = [];
    for await (const account of azure.storage(platformSubscription).storageAccounts.list()) accounts.push(account);
    const standing = accounts[0]?.id ?? "";
    const virtualNetworkId = networkId("rg-none", "virtualNetworks", "vnet-none");
    const facts = await ports.facts.observeSpokeFacts({ ...query, virtualNetworkId, storageAccountId: standing });
    expect(facts.storageAccount).toMatchObject({ id: standing, location: expect.stringMatching(/^[a-z]+$/) });
    expect(facts.subnets).toEqual([]);

    const storageAccountId = `${standing}none`;
    expect(
      (await ports.facts.observeSpokeFacts({ ...query, virtualNetworkId, storageAccountId })).storageAccount,
    ).toBeNull();
  });
});
