import type { LoadBalancer, LoadBalancingRule, Probe } from "@azure/arm-network";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import type { ResourceBodies, ResourceType, SecurityRuleBody } from "../../../shared/domain/resource.ts";
import { type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import {
  desired,
  location,
  make,
  networkId,
  newResourceGroup,
  portsFor,
  resourceGroupId,
  tags,
} from "./ports-under-test.ts";
import { bodiesPut } from "./recorded-requests.ts";

let azure: LocalAzure;
let ports: AzurePorts;

beforeAll(async () => {
  azure = await startLocalAzure();
  ports = portsFor(azure);
});
afterAll(() => azure.stop());

/** Create, read back, update, remove twice: what every owned type does alike. */
async function lifecycle<T extends ResourceType>(
  type: T,
  id: string,
  body: ResourceBodies[T],
  changed: ResourceBodies[T],
): Promise<void> {
  const port = ports.resources[type];
  const first = desired(type, id, body);
  expect(await port.observe(first)).toBeNull();
  await port.write(first, null);
  const observed = await port.observe(first);
  expect(observed).toMatchObject({ id, type });
  expect(observed?.body).toEqual(body);

  const second = desired(type, id, changed);
  await port.write(second, observed);
  expect((await port.observe(second))?.body).toEqual(changed);
  // What is read back is written back, but for what Azure's types have as read-only.
  for (const sent of await bodiesPut(azure, id)) expect(sent).not.toHaveProperty("id");

  await port.remove(id);
  expect(await port.observe(first)).toBeNull();
  await port.remove(id);
}

const rule: SecurityRuleBody = {
  name: "Allow-Probe-to-App-Inbound",
  description: "Health probes",
  priority: 105,
  direction: "Inbound",
  access: "Allow",
  protocol: "Tcp",
  sourceAddressPrefixes: ["AzureLoadBalancer"],
  sourceApplicationSecurityGroupIds: [],
  sourcePortRanges: ["*"],
  destinationAddressPrefixes: ["*"],
  destinationApplicationSecurityGroupIds: [],
  destinationPortRanges: ["443", "8080-8090"],
};
const denyAll: SecurityRuleBody = {
  ...rule,
  name: "DenyAllInbound",
  description: "",
  priority: 4096,
  access: "Deny",
  protocol: "*",
  sourceAddressPrefixes: ["*"],
  destinationPortRanges: ["*"],
};

describe("a resource that stands as desired, is updated and is removed twice", () => {
  test("resource group", () =>
    lifecycle(
      "Microsoft.Resources/resourceGroups",
      resourceGroupId("rg-lifecycle"),
      { location, tags },
      { location, tags: { ...tags, owner: "orders-team" } },
    ));

  test("application security group", async () => {
    const group = await newResourceGroup(ports);
    await lifecycle(
      "Microsoft.Network/applicationSecurityGroups",
      networkId(group, "applicationSecurityGroups", "asg-orders-app"),
      { location, tags },
      { location, tags: { ...tags, owner: "orders-team" } },
    );
  });

  test("network security group, whose rules are replaced exactly", async () => {
    const group = await newResourceGroup(ports);
    const asg = await make(
      ports,
      "Microsoft.Network/applicationSecurityGroups",
      networkId(group, "applicationSecurityGroups", "asg-orders-app"),
      { location, tags },
    );
    const fromGroup = { ...rule, sourceAddressPrefixes: [], sourceApplicationSecurityGroupIds: [asg] };
    await lifecycle(
      "Microsoft.Network/networkSecurityGroups",
      networkId(group, "networkSecurityGroups", "nsg-orders-app"),
      { location, tags, securityRules: [denyAll, fromGroup] },
      { location, tags, securityRules: [{ ...denyAll, description: "Baseline" }, rule] },
    );
  });

  test("route table, whose routes are replaced exactly", async () => {
    const group = await newResourceGroup(ports);
    const route = { name: "default", addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance" as const };
    await lifecycle(
      "Microsoft.Network/routeTables",
      networkId(group, "routeTables", "rt-orders"),
      { location, tags, disableBgpRoutePropagation: true, routes: [{ ...route, nextHopIpAddress: "10.0.0.4" }] },
      {
        location,
        tags,
        disableBgpRoutePropagation: false,
        routes: [{ name: "nowhere", addressPrefix: "10.9.0.0/16", nextHopType: "None", nextHopIpAddress: null }],
      },
    );
  });

  test("public IP address and NAT gateway", async () => {
    const group = await newResourceGroup(ports);
    const type = "Microsoft.Network/publicIPAddresses";
    const address = (name: string) => networkId(group, "publicIPAddresses", name);
    await lifecycle(
      type,
      address("pip-life"),
      { location, tags, zones: ["1", "2", "3"] },
      { location, tags: { ...tags, owner: "a" }, zones: ["1", "2", "3"] },
    );
    const one = await make(ports, type, address("pip-one"), { location, tags, zones: [] });
    const two = await make(ports, type, address("pip-two"), { location, tags, zones: [] });
    await lifecycle(
      "Microsoft.Network/natGateways",
      networkId(group, "natGateways", "ng-orders"),
      { location, tags, publicIpAddressIds: [one] },
      { location, tags, publicIpAddressIds: [two, one] },
    );
  });

  test("user-assigned identity", async () => {
    const group = await newResourceGroup(ports);
    await lifecycle(
      "Microsoft.ManagedIdentity/userAssignedIdentities",
      `${resourceGroupId(group)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-orders-flowlog`,
      { location, tags },
      { location, tags: { ...tags, owner: "orders-team" } },
    );
  });

  test("load balancer: a new port replaces the old rule", async () => {
    const group = await newResourceGroup(ports);
    const network = networkId(group, "virtualNetworks", "vnet-orders");
    await makeNetwork(network);
    const id = networkId(group, "loadBalancers", "lbi-orders-app");
    const body = { location, tags, subnetId: `${network}/subnets/snet-app`, privateIpAddress: "10.20.0.4", port: 443 };
    await lifecycle("Microsoft.Network/loadBalancers", id, body, { ...body, port: 8443 });

    await make(ports, "Microsoft.Network/loadBalancers", id, body);
    const native = await azure.network().loadBalancers.get(group, "lbi-orders-app");
    expect(native.loadBalancingRules).toMatchObject([
      {
        name: "rule-443",
        protocol: "Tcp",
        frontendPort: 443,
        backendPort: 443,
        enableFloatingIP: false,
        enableTcpReset: true,
        idleTimeoutInMinutes: 4,
        disableOutboundSnat: true,
      },
    ]);
    expect(native.probes).toMatchObject([{ name: "probe", protocol: "Tcp", port: 443 }]);
  });
});

async function makeNetwork(network: string): Promise<void> {
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
}

describe("a drift of a load balancer is seen and mended", () => {
  const type = "Microsoft.Network/loadBalancers";
  let group: string;
  let body: ResourceBodies[typeof type];
  beforeAll(async () => {
    group = await newResourceGroup(ports);
    const network = networkId(group, "virtualNetworks", "vnet-orders");
    await makeNetwork(network);
    body = { location, tags, subnetId: `${network}/subnets/snet-app`, privateIpAddress: "10.20.0.4", port: 443 };
  });

  const others = (native: LoadBalancer) => ({ id: `${native.id}/backendAddressPools/other` });
  test.each<[string, (native: LoadBalancer, rule: LoadBalancingRule, probe: Probe) => LoadBalancer]>([
    [
      "UDP",
      (native, rule) => ({ ...native, loadBalancingRules: [{ ...rule, protocol: "Udp", enableTcpReset: false }] }),
    ],
    ["floating IP", (native, rule) => ({ ...native, loadBalancingRules: [{ ...rule, enableFloatingIP: true }] })],
    ["no probe", (native, { probe: _probe, ...rule }) => ({ ...native, loadBalancingRules: [rule] })],
    [
      "another pool",
      (native, { backendAddressPools: _pools, ...rule }) => ({
        ...native,
        backendAddressPools: [...(native.backendAddressPools ?? []), { name: "other" }],
        loadBalancingRules: [{ ...rule, backendAddressPool: others(native) }],
      }),
    ],
    ["outbound SNAT", (native, rule) => ({ ...native, loadBalancingRules: [{ ...rule, disableOutboundSnat: false }] })],
    [
      "source affinity",
      (native, rule) => ({ ...native, loadBalancingRules: [{ ...rule, loadDistribution: "SourceIP" }] }),
    ],
    [
      "an HTTP probe",
      (native, _rule, probe) => ({ ...native, probes: [{ ...probe, protocol: "Http", requestPath: "/" }] }),
    ],
    ["a lazy probe", (native, _rule, probe) => ({ ...native, probes: [{ ...probe, intervalInSeconds: 300 }] })],
    ["a patient probe", (native, _rule, probe) => ({ ...native, probes: [{ ...probe, probeThreshold: 9 }] })],
    [
      "a dynamic address",
      (native) => ({
        ...native,
        frontendIPConfigurations: (native.frontendIPConfigurations ?? []).map((one) => ({
          ...one,
          privateIPAllocationMethod: "Dynamic",
        })),
      }),
    ],
  ])("%s", async (_what, drifted) => {
    const wanted = desired(type, networkId(group, "loadBalancers", "lbi-orders-app"), body);
    await ports.resources[type].write(wanted, null);
    expect((await ports.resources[type].observe(wanted))?.body).toEqual(body);
    const { loadBalancers } = azure.network();
    const native = await loadBalancers.get(group, "lbi-orders-app");
    const [rule, probe] = [native.loadBalancingRules?.[0] ?? {}, native.probes?.[0] ?? {}];
    await loadBalancers.createOrUpdate(
      group,
      "lbi-orders-app",
      drifted(native, rule as LoadBalancingRule, probe as Probe),
    );
    const observed = await ports.resources[type].observe(wanted);
    expect(observed?.body).not.toEqual(body);
    await ports.resources[type].write(wanted, observed);
    expect((await ports.resources[type].observe(wanted))?.body).toEqual(body);
  });
});

describe("what others set is preserved", () => {
  test("tags, and an update of the NSG goes out under the ETag that was observed", async () => {
    const group = await newResourceGroup(ports);
    const type = "Microsoft.Network/networkSecurityGroups";
    const id = networkId(group, "networkSecurityGroups", "nsg-orders-app");
    const body = { location, tags, securityRules: [denyAll] };
    await make(ports, type, id, body);
    const stale = await ports.resources[type].observe(desired(type, id, body));
    await azure
      .network()
      .networkSecurityGroups.updateTags(group, "nsg-orders-app", { tags: { ...tags, costCenter: "42" } });

    const changed = { ...body, securityRules: [{ ...denyAll, description: "Baseline" }] };
    await ports.resources[type].write(desired(type, id, changed), stale);

    const standing = await azure.network().networkSecurityGroups.get(group, "nsg-orders-app");
    expect(standing.tags).toEqual({ ...tags, costCenter: "42" });
    expect(standing.securityRules).toMatchObject([{ description: "Baseline" }]);
  });
});
