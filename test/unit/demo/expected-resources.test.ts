import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readDemoRequest } from "../../../local/demo/demo-request.ts";
import { type ExpectedResource, expectedResources } from "../../../local/demo/expected-resources.ts";

const sample = new URL("../../../platform-configuration.sample.json", import.meta.url);
const expected = expectedResources(readDemoRequest().request, JSON.parse(readFileSync(sample, "utf8")));
const group = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod";
const tags = { "zero-trust-spoke": "orders-prod", owner: "orders-team" };

function find(what: string): ExpectedResource {
  const found = expected.find((resource) => resource.what === what);
  if (!found) throw new Error(`Nothing expected under "${what}"`);
  return found;
}

test("everything that the contract names is read", () => {
  expect(expected.map(({ what }) => what)).toEqual([
    "resource group rg-orders-prod",
    "role assignment of the network managers' group",
    "diagnostic setting zero-trust-activity",
    ...["front", "app", "data", "gateway"].map((tier) => `NSG nsg-orders-prod-${tier}`),
    ...["front", "app", "data"].map((tier) => `ASG asg-orders-prod-${tier}`),
    "route table rt-orders-prod",
    "virtual network vnet-orders-prod",
    ...["front", "app", "data", "gateway"].map((tier) => `subnet snet-${tier}`),
    "peering, spoke side",
    "peering, hub side",
    "load balancer lbi-orders-prod-app",
    "load balancer lbi-orders-prod-data",
    "flow log fl-orders-prod",
    "the hub's IP group of spokes",
    "the hub's rule collection group",
  ]);
});

test("a resource group needs the spoke's tag and the requester's", () => {
  const { problems } = find("resource group rg-orders-prod");
  expect(problems({ tags })).toEqual([]);
  expect(problems({ tags: { owner: "somebody" } })).toHaveLength(2);
});

test("a subnet that lost its NSG, its route table or its privacy is told", () => {
  const { problems } = find("subnet snet-app");
  const properties = {
    addressPrefix: "10.20.0.64/26",
    networkSecurityGroup: {
      id: `${group.toUpperCase()}/providers/Microsoft.Network/networkSecurityGroups/nsg-orders-prod-app`,
    },
    routeTable: { id: `${group}/providers/Microsoft.Network/routeTables/rt-orders-prod` },
    defaultOutboundAccess: false,
  };
  expect(problems({ properties })).toEqual([]);
  expect(problems({ properties: { ...properties, networkSecurityGroup: undefined } })[0]).toContain("NSG is undefined");
  expect(problems({ properties: { ...properties, routeTable: undefined } })[0]).toContain("route table");
  expect(problems({ properties: { ...properties, defaultOutboundAccess: true } })[0]).toContain(
    "defaultOutboundAccess",
  );
});

test("the gateway's subnet must have no route table", () => {
  const { problems } = find("subnet snet-gateway");
  const routeTable = { id: `${group}/providers/Microsoft.Network/routeTables/rt-orders-prod` };
  expect(problems({ properties: { routeTable } }).join()).toContain("route table is");
});

test("a peering on one side alone is not enough", () => {
  const { problems } = find("peering, hub side");
  const remoteVirtualNetwork = { id: `${group}/providers/Microsoft.Network/virtualNetworks/vnet-orders-prod` };
  expect(problems({ properties: { peeringState: "Connected", remoteVirtualNetwork } })).toEqual([]);
  expect(problems({ properties: { peeringState: "Initiated", remoteVirtualNetwork } })).toHaveLength(1);
});

test("another group's role assignment, or one on another scope, does not count", () => {
  const { problems } = find("role assignment of the network managers' group");
  const properties = {
    principalId: "22222222-2222-2222-2222-222222222222",
    scope: group,
    roleDefinitionId: "/providers/Microsoft.Authorization/roleDefinitions/5f1d9a3e-6c4b-4e0a-9b57-2d8c1e7f4a60",
  };
  expect(problems({ value: [{ properties }] })).toEqual([]);
  expect(problems({ value: [{ properties: { ...properties, scope: "/subscriptions/x" } }] })).toHaveLength(1);
  expect(problems({ value: [] })).toHaveLength(1);
});

test("every prefix of hubs and of the platform needs its route to the firewall", () => {
  const { problems } = find("route table rt-orders-prod");
  const prefixes = ["0.0.0.0/0", "10.0.0.0/16", "10.1.0.0/16", "10.255.0.0/16", "172.31.0.0/16"];
  const routes = prefixes.map((addressPrefix) => ({ properties: { addressPrefix, nextHopIpAddress: "10.0.0.4" } }));
  const properties = { disableBgpRoutePropagation: true, routes };
  expect(problems({ tags, properties })).toEqual([]);
  expect(problems({ tags, properties: { ...properties, routes: routes.slice(1) } })).toEqual([
    "no route of 0.0.0.0/0 to the firewall",
  ]);
});
