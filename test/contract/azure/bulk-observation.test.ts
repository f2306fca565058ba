import { afterAll, beforeAll, expect, test } from "vitest";
import { kql } from "../../../shared/azure/kql.ts";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import type { RawResource } from "../../../shared/azure/raw-resource.ts";
import { readPages } from "../../../shared/azure/resource-graph-pages.ts";
import { resourceSnapshot } from "../../../shared/azure/resource-snapshot.ts";
import { snapshotFacts } from "../../../shared/azure/snapshot-facts.ts";
import type { DesiredResource, ResourceBodies, ResourceType } from "../../../shared/domain/resource.ts";
import { firstSubscription, type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import { desired, location, networkId, newResourceGroup, portsFor, resourceGroupId, tags } from "./ports-under-test.ts";

let azure: LocalAzure;
let ports: AzurePorts;
let group: string;
const wanted: DesiredResource[] = [];

/** Makes a resource, and remembers how it is desired. */
async function make<T extends ResourceType>(type: T, name: string, body: ResourceBodies[T]): Promise<string> {
  const id = type === "Microsoft.Resources/resourceGroups" ? name : networkId(group, type.split("/")[1] ?? "", name);
  const resource = desired(type, id, body);
  wanted.push(resource as DesiredResource);
  await ports.resources[type].write(resource, null);
  return id;
}

const rule = {
  name: "Allow-Management-Inbound",
  description: "Agents",
  priority: 1000,
  direction: "Inbound",
  access: "Allow",
  protocol: "Tcp",
  sourceAddressPrefixes: ["10.0.1.0/26", "10.0.2.0/26"],
  sourceApplicationSecurityGroupIds: [],
  sourcePortRanges: ["*"],
  destinationAddressPrefixes: [],
  destinationPortRanges: ["443", "8443"],
} as const;

beforeAll(async () => {
  azure = await startLocalAzure();
  ports = portsFor(azure);
  group = await newResourceGroup(ports);
  wanted.push(desired("Microsoft.Resources/resourceGroups", resourceGroupId(group), { location, tags: {} }));
  const asg = await make("Microsoft.Network/applicationSecurityGroups", "asg-app", { location, tags });
  const nsg = await make("Microsoft.Network/networkSecurityGroups", "nsg-app", {
    location,
    tags,
    securityRules: [{ ...rule, destinationApplicationSecurityGroupIds: [asg] }],
  });
  const routes = [
    { name: "default", addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance", nextHopIpAddress: "10.0.0.4" },
  ] as const;
  const table = await make("Microsoft.Network/routeTables", "rt-app", {
    location,
    tags,
    disableBgpRoutePropagation: true,
    routes,
  });
  const network = await make("Microsoft.Network/virtualNetworks", "vnet-app", {
    location,
    tags,
    addressPrefixes: ["10.30.0.0/24"],
    dnsServers: ["10.0.0.4"],
    subnets: [
      {
        name: "snet-app",
        addressPrefix: "10.30.0.0/26",
        networkSecurityGroupId: nsg,
        routeTableId: table,
        natGatewayId: null,
        defaultOutboundAccess: false,
        privateEndpointNetworkPolicies: "Enabled",
      },
    ],
  });
  await make("Microsoft.Network/loadBalancers", "lbi-app", {
    location,
    tags,
    subnetId: `${network}/subnets/snet-app`,
    privateIpAddress: "10.30.0.4",
    port: 443,
  });
  await make("Microsoft.Network/publicIPAddresses", "pip-app", { location, tags, zones: [] });
});
afterAll(() => azure.stop());

async function rowsOf(query = kql`resources | order by id asc`): Promise<RawResource[]> {
  const rows: RawResource[] = [];
  for await (const page of readPages(ports.resourceGraph, query, [firstSubscription])) {
    rows.push(...(page.rows as unknown as RawResource[]));
  }
  return rows;
}

const portOf = (type: ResourceType) =>
  ports.resources[type] as unknown as AzurePorts["resources"]["Microsoft.Network/networkSecurityGroups"];
const asked = (resource: DesiredResource) => resource as DesiredResource<"Microsoft.Network/networkSecurityGroups">;

test("what Resource Graph tells of a resource becomes the same body as what the SDK reads of it", async () => {
  const snapshot = resourceSnapshot([
    ...(await rowsOf()),
    ...(await rowsOf(kql`resourcecontainers | order by id asc`)),
  ]);
  for (const resource of wanted) {
    const port = portOf(resource.type);
    const observed = await port.observe(asked(resource));
    const found = port.observeIn?.(snapshot, asked(resource));
    expect([resource.type, found?.body, found?.provisioningState]).toEqual([
      resource.type,
      observed?.body,
      observed?.provisioningState,
    ]);
    expect(found?.body).toEqual(resource.body);
  }
});

test("facts of a spoke are the same, asked for or read in bulk", async () => {
  const snapshot = resourceSnapshot(await rowsOf());
  const query = {
    subscriptionId: firstSubscription,
    location,
    virtualNetworkId: networkId(group, "virtualNetworks", "vnet-app"),
    storageAccountId: null,
    withSystemTopic: true,
  };
  const observed = await ports.facts.observeSpokeFacts(query);
  expect(snapshotFacts(snapshot, firstSubscription)(query)).toEqual(observed);
  expect(observed.virtualNetworks.length).toBeGreaterThan(0);
});

test("values that hold KQL find nothing and change nothing", async () => {
  for (const name of ["x' or 1 == 1 //", "' | project secret //", "\\' or true or '"]) {
    expect(await rowsOf(kql`resources | where name == ${name} | order by id asc`)).toEqual([]);
  }
});

test("a refused query tells Resource Graph's own reason, and a query without a scope is none", async () => {
  await expect(rowsOf(kql`resources | frobnicate`)).rejects.toMatchObject({ failure: { code: "InvalidQuery" } });
  await expect(ports.resourceGraph.query(kql`resources`, [], { top: 1, skipToken: null })).rejects.toThrow();
});
