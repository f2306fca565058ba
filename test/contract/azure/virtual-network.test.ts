import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import type { ResourceBodies, SubnetBody } from "../../../shared/domain/resource.ts";
import { type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import { desired, location, make, networkId, newResourceGroup, portsFor, tags } from "./ports-under-test.ts";

const type = "Microsoft.Network/virtualNetworks";
type Body = ResourceBodies[typeof type];

let azure: LocalAzure;
let ports: AzurePorts;

beforeAll(async () => {
  azure = await startLocalAzure();
  ports = portsFor(azure);
});
afterAll(() => azure.stop());

function subnet(name: string, addressPrefix: string, more: Partial<SubnetBody> = {}): SubnetBody {
  return {
    name,
    addressPrefix,
    networkSecurityGroupId: null,
    routeTableId: null,
    natGatewayId: null,
    defaultOutboundAccess: false,
    privateEndpointNetworkPolicies: "Enabled",
    ...more,
  };
}

function network(subnets: readonly SubnetBody[]): Body {
  return { location, tags, addressPrefixes: ["10.20.0.0/22"], dnsServers: ["10.0.3.4", "10.0.1.4"], subnets };
}

/** A resource group with an NSG and a route table, and the id of a virtual network in it. */
async function surroundings() {
  const group = await newResourceGroup(ports);
  const nsg = networkId(group, "networkSecurityGroups", "nsg-orders-app");
  await make(ports, "Microsoft.Network/networkSecurityGroups", nsg, { location, tags, securityRules: [] });
  const table = networkId(group, "routeTables", "rt-orders");
  await make(ports, "Microsoft.Network/routeTables", table, {
    location,
    tags,
    disableBgpRoutePropagation: true,
    routes: [],
  });
  return { group, nsg, table, id: networkId(group, "virtualNetworks", "vnet-orders") };
}

async function writesTo(id: string): Promise<string[]> {
  const { value } = await azure.control<{ value: { method: string; url: string }[] }>("GET", "requests");
  return value
    .filter(({ method, url }) => method !== "GET" && url.toLowerCase().includes(id.toLowerCase()))
    .map(({ method }) => method);
}

describe("virtual network", () => {
  test("trap 17: one PUT carries the network, its subnets, their NSG and route table", async () => {
    const { id, nsg, table } = await surroundings();
    const body = network([
      subnet("snet-gateway", "10.20.3.0/24"),
      subnet("snet-app", "10.20.0.0/26", { networkSecurityGroupId: nsg, routeTableId: table }),
    ]);
    const port = ports.resources[type];
    expect(await port.observe(desired(type, id, body))).toBeNull();
    await port.write(desired(type, id, body), null);
    expect(await writesTo(id)).toEqual(["PUT"]);
    expect((await port.observe(desired(type, id, body)))?.body).toEqual(body);

    await port.remove(id);
    await port.remove(id);
    expect(await port.observe(desired(type, id, body))).toBeNull();
  });

  test("trap 18: a PUT keeps the subnets, peerings and tags that others made, even since the observation", async () => {
    const { group, id, nsg } = await surroundings();
    const body = network([subnet("snet-app", "10.20.0.0/26")]);
    await make(ports, type, id, body);
    const stale = await ports.resources[type].observe(desired(type, id, body));
    const { subnets, virtualNetworks } = azure.network();
    await subnets.createOrUpdate(group, "vnet-orders", "snet-foreign", { addressPrefix: "10.20.1.0/26" });
    const other = networkId(group, "virtualNetworks", "vnet-other");
    await make(ports, type, other, { ...network([]), addressPrefixes: ["10.30.0.0/22"] });
    await azure.network().virtualNetworkPeerings.createOrUpdate(group, "vnet-orders", "peer-foreign", {
      remoteVirtualNetwork: { id: other },
      allowVirtualNetworkAccess: true,
    });

    const changed = network([subnet("snet-app", "10.20.0.0/26", { networkSecurityGroupId: nsg })]);
    await ports.resources[type].write(desired(type, id, changed), stale);

    const standing = await virtualNetworks.get(group, "vnet-orders");
    expect(standing.subnets?.map((one) => one.name).sort()).toEqual(["snet-app", "snet-foreign"]);
    expect(standing.virtualNetworkPeerings?.map((one) => one.name)).toEqual(["peer-foreign"]);
    const observed = await ports.resources[type].observe(desired(type, id, changed));
    expect(observed?.body.subnets[0]).toEqual(changed.subnets[0]);
    expect(observed?.body.subnets.map((one) => one.name)).toEqual(["snet-app", "snet-foreign"]);
  });

  test("trap 18: a write that was not told of an observation drops nothing either", async () => {
    const { group, id } = await surroundings();
    await make(ports, type, id, network([subnet("snet-app", "10.20.0.0/26")]));
    await azure
      .network()
      .subnets.createOrUpdate(group, "vnet-orders", "snet-foreign", { addressPrefix: "10.20.1.0/26" });
    await ports.resources[type].write(desired(type, id, network([subnet("snet-app", "10.20.0.0/26")])), null);
    const standing = await azure.network().virtualNetworks.get(group, "vnet-orders");
    expect(standing.subnets?.map((one) => one.name).sort()).toEqual(["snet-app", "snet-foreign"]);
  });

  test("a retired subnet goes, an NSG is detached exactly, a delegation of others stays", async () => {
    const { group, id, nsg } = await surroundings();
    const app = subnet("snet-app", "10.20.0.0/26", { networkSecurityGroupId: nsg });
    await make(ports, type, id, network([app, subnet("snet-data", "10.20.0.64/26")]));
    const { subnets } = azure.network();
    await subnets.createOrUpdate(group, "vnet-orders", "snet-app", {
      addressPrefix: "10.20.0.0/26",
      networkSecurityGroup: { id: nsg },
      delegations: [{ name: "web", serviceName: "Microsoft.Web/serverFarms" }],
    });
    const alone = network([subnet("snet-app", "10.20.0.0/26")]);
    await ports.resources[type].write(desired(type, id, alone, ["snet-data"]), null);
    const standing = await azure.network().virtualNetworks.get(group, "vnet-orders");
    expect(standing.subnets?.map((one) => one.name)).toEqual(["snet-app"]);
    expect(standing.subnets?.[0]?.networkSecurityGroup).toBeUndefined();
    expect(standing.subnets?.[0]?.delegations?.map((one) => one.serviceName)).toEqual(["Microsoft.Web/serverFarms"]);
  });

  test("trap 20 and 21: network policies of private endpoints and the lack of outbound access are written out", async () => {
    const { group, id } = await surroundings();
    await make(ports, type, id, network([subnet("snet-app", "10.20.0.0/26")]));
    const standing = await azure.network().subnets.get(group, "vnet-orders", "snet-app");
    expect(standing).toMatchObject({ defaultOutboundAccess: false, privateEndpointNetworkPolicies: "Enabled" });

    await azure.network().subnets.createOrUpdate(group, "vnet-orders", "snet-app", {
      addressPrefix: "10.20.0.0/26",
      defaultOutboundAccess: true,
      privateEndpointNetworkPolicies: "Disabled",
    });
    const observed = await ports.resources[type].observe(desired(type, id, network([])));
    expect(observed?.body.subnets).toMatchObject([
      { defaultOutboundAccess: true, privateEndpointNetworkPolicies: "Disabled" },
    ]);
    await make(ports, type, id, network([subnet("snet-app", "10.20.0.0/26")]));
    expect(await azure.network().subnets.get(group, "vnet-orders", "snet-app")).toMatchObject({
      defaultOutboundAccess: false,
      privateEndpointNetworkPolicies: "Enabled",
    });
  });
});
