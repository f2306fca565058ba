import { describe, expect, test } from "vitest";
import {
  contractRequest,
  emptyFacts,
  platform,
  requestWith,
  resourceOf,
  stateOf,
  storageAccountId,
} from "./example.ts";

const group = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod";
const network = `${group}/providers/Microsoft.Network`;
const state = stateOf(contractRequest);
const codes = (of: typeof state) => of.findings.map((finding) => finding.code);

describe("steps 1 and 2", () => {
  test("trap 22: the role goes to the security group, which the assignment says is one", () => {
    const assignment = state.resources.find(
      (resource) => resource.type === "Microsoft.Authorization/roleAssignments" && resource.id.startsWith(`${group}/`),
    );
    expect(assignment?.body).toEqual({
      roleDefinitionId:
        "/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.Authorization/roleDefinitions/5f1d9a3e-6c4b-4e0a-9b57-2d8c1e7f4a60",
      principalId: "22222222-2222-2222-2222-222222222222",
      principalType: "Group",
    });
  });

  test("the custom role is only verified: a prerequisite with the guidance's four permissions", () => {
    const role = resourceOf(state, "Microsoft.Authorization/roleDefinitions");
    expect(role.ownership).toBe("prerequisite");
    expect(role.body.actions).toEqual([
      "*/read",
      "Microsoft.Network/*",
      "Microsoft.Resources/*",
      "Microsoft.Support/*",
    ]);
  });

  test("the built-in Network Contributor needs no definition", () => {
    const builtIn = stateOf(
      contractRequest,
      {},
      { ...platform, networkManagementRole: { kind: "built-in-network-contributor" } },
    );
    expect(builtIn.resources.filter((resource) => resource.type.endsWith("roleDefinitions"))).toEqual([]);
    expect(JSON.stringify(builtIn.resources)).toContain("4d97b98b-1d4f-4787-a291-c67834d212e7");
  });

  test("the activity log goes to workspace and storage with all eight categories", () => {
    const setting = resourceOf(state, "Microsoft.Insights/diagnosticSettings");
    expect(setting.ownership).toBe("shared");
    expect(setting.body.categories).toHaveLength(8);
    expect(setting.body.categories).toContain("Security");
  });

  test("a spoke of another owner in the subscription is a finding; one of the same owner is not", () => {
    const other = (owner: string) => ({
      id: `${network}/virtualNetworks/vnet-b`,
      addressPrefixes: ["10.9.0.0/22"],
      tags: { "zero-trust-spoke": "b", owner },
    });
    expect(codes(stateOf(contractRequest, { virtualNetworks: [other("billing")] }))).toContain(
      "SubscriptionSharedByOwners",
    );
    expect(codes(stateOf(contractRequest, { virtualNetworks: [other("orders-team")] }))).not.toContain(
      "SubscriptionSharedByOwners",
    );
  });
});

describe("steps 3 and 5: the network", () => {
  const vnet = resourceOf(state, "Microsoft.Network/virtualNetworks");

  test("trap 17: subnets, NSGs and routes are in the one body of the network, which waits for them", () => {
    expect(
      vnet.body.subnets.map((subnet) => [
        subnet.name,
        subnet.addressPrefix,
        subnet.networkSecurityGroupId?.split("/").at(-1),
        subnet.routeTableId?.split("/").at(-1) ?? null,
      ]),
    ).toEqual([
      ["snet-front", "10.20.0.0/26", "nsg-orders-prod-front", "rt-orders-prod"],
      ["snet-app", "10.20.0.64/26", "nsg-orders-prod-app", "rt-orders-prod"],
      ["snet-data", "10.20.0.128/26", "nsg-orders-prod-data", "rt-orders-prod"],
      ["snet-gateway", "10.20.3.0/24", "nsg-orders-prod-gateway", null],
    ]);
    for (const name of ["front", "app", "data", "gateway"]) {
      expect(vnet.dependsOn).toContain(`${network}/networkSecurityGroups/nsg-orders-prod-${name}`);
    }
    expect(vnet.dependsOn).toContain(`${network}/routeTables/rt-orders-prod`);
  });

  test("trap 20: private endpoints in the subnets obey NSG and routes", () => {
    expect(vnet.body.subnets.map((subnet) => subnet.privateEndpointNetworkPolicies)).toEqual(Array(4).fill("Enabled"));
  });

  test("trap 21: subnets have no default outbound access, explicitly", () => {
    expect(vnet.body.subnets.map((subnet) => subnet.defaultOutboundAccess)).toEqual(Array(4).fill(false));
  });

  test("routes: the default and every hub and internal prefix to the firewall, BGP propagation off", () => {
    const { body } = resourceOf(state, "Microsoft.Network/routeTables");
    expect(body.disableBgpRoutePropagation).toBe(true);
    expect(body.routes.map((route) => route.addressPrefix)).toEqual([
      "0.0.0.0/0",
      "10.0.0.0/16",
      "10.1.0.0/16",
      "10.255.0.0/16",
      "172.31.0.0/16",
    ]);
    expect(new Set(body.routes.map((route) => route.nextHopIpAddress))).toEqual(new Set(["10.0.0.4"]));
  });

  test("trap 14: load balancers stand on the planned addresses, the first usable of their subnets", () => {
    const addresses = state.resources.flatMap((resource) =>
      resource.type === "Microsoft.Network/loadBalancers"
        ? [[resource.id.split("/").at(-1), resource.body.privateIpAddress]]
        : [],
    );
    expect(addresses).toEqual([
      ["lbi-orders-prod-app", "10.20.0.68"],
      ["lbi-orders-prod-data", "10.20.0.132"],
    ]);
  });

  test("trap 19: the hub's side of the peering waits for the spoke's", () => {
    const [toHub, fromHub] = state.resources.filter((resource) => resource.type.endsWith("virtualNetworkPeerings"));
    expect(toHub?.id).toBe(
      `${network}/virtualNetworks/vnet-orders-prod/virtualNetworkPeerings/peer-orders-prod-to-hub`,
    );
    expect(fromHub?.dependsOn).toEqual([toHub?.id]);
    expect(fromHub?.id).toContain("/vnet-hub-westeurope/virtualNetworkPeerings/peer-hub-to-orders-prod");
  });

  test("every resource that takes tags carries the spoke's, and every tag of the request", () => {
    const tagged = state.resources.filter((resource) => "tags" in resource.body && resource.ownership === "owned");
    expect(tagged.length).toBeGreaterThan(10);
    for (const { body } of tagged)
      expect(body).toMatchObject({ tags: { "zero-trust-spoke": "orders-prod", owner: "orders-team" } });
  });

  test("a foreign subnet without an NSG is a finding", () => {
    const subnets = [{ name: "snet-foreign", addressPrefix: "10.20.2.0/26", networkSecurityGroupId: null }];
    expect(codes(stateOf(contractRequest, { subnets }))).toContain("ForeignSubnetWithoutNetworkSecurityGroup");
  });
});

describe("step 5: flow logs", () => {
  test("trap 24: the flow log is of the virtual network, and none of an NSG", () => {
    const logs = state.resources.filter((resource) => resource.type === "Microsoft.Network/networkWatchers/flowLogs");
    expect(logs.map((log) => log.body.targetResourceId)).toEqual([`${network}/virtualNetworks/vnet-orders-prod`]);
    expect(logs[0]?.body.trafficAnalytics.enabled).toBe(true);
  });

  test("storage that refuses shared keys gets an identity with a role on it", () => {
    const log = resourceOf(state, "Microsoft.Network/networkWatchers/flowLogs");
    expect(log.body.userAssignedIdentityId).toContain("/id-orders-prod-flowlog");
    const onStorage = state.resources.find((resource) =>
      resource.id.startsWith(`${storageAccountId}/providers/Microsoft.Authorization`),
    );
    expect(onStorage?.body).toMatchObject({
      principalId: log.body.userAssignedIdentityId,
      principalType: "ServicePrincipal",
    });
  });

  test("storage with shared keys needs none, and is a finding", () => {
    const storageAccount = {
      ...(emptyFacts.storageAccount as NonNullable<typeof emptyFacts.storageAccount>),
      allowSharedKeyAccess: true,
    };
    const withKeys = stateOf(contractRequest, { storageAccount });
    expect(resourceOf(withKeys, "Microsoft.Network/networkWatchers/flowLogs").body.userAssignedIdentityId).toBeNull();
    expect(codes(withKeys)).toContain("LogStorageAllowsSharedKeys");
  });

  test("each Zero Trust setting of the storage that is missing is a finding of its own", () => {
    const open = {
      ...(emptyFacts.storageAccount as NonNullable<typeof emptyFacts.storageAccount>),
      allowBlobPublicAccess: true,
      supportsHttpsTrafficOnly: false,
      minimumTlsVersion: "TLS1_0",
      networkDefaultAction: "Allow",
      requireInfrastructureEncryption: false,
    };
    expect(
      codes(stateOf(contractRequest, { storageAccount: open })).filter((code) => code.startsWith("LogStorage")),
    ).toEqual([
      "LogStorageAllowsPublicBlobs",
      "LogStorageAllowsHttp",
      "LogStorageOldTls",
      "LogStorageOpenNetwork",
      "LogStorageWithoutInfrastructureEncryption",
    ]);
  });

  test("without storage the spoke is refused, with what to do", () => {
    expect(() => stateOf(contractRequest, { storageAccount: null })).toThrow(/FlowLogStorageMissing/);
  });

  test("trap 25: storage of another region, or not Standard, is refused", () => {
    const storage = (changes: object) => ({ storageAccount: { ...emptyFacts.storageAccount, ...changes } as never });
    expect(() => stateOf(contractRequest, storage({ location: "northeurope" }))).toThrow(/FlowLogStorageElsewhere/);
    expect(() => stateOf(contractRequest, storage({ skuName: "Premium_LRS" }))).toThrow(/FlowLogStorageNotStandard/);
  });

  test("a network watcher that stands is adopted, whatever its name and group", () => {
    const networkWatcherId =
      "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/watch/providers/Microsoft.Network/networkWatchers/own";
    const adopted = stateOf(contractRequest, { networkWatcherId });
    expect(resourceOf(adopted, "Microsoft.Network/networkWatchers/flowLogs").id).toBe(
      `${networkWatcherId}/flowLogs/fl-orders-prod`,
    );
    const groups = (of: typeof adopted) =>
      of.resources.filter(({ type, steps }) => type === "Microsoft.Resources/resourceGroups" && steps.includes(5));
    expect(groups(stateOf(contractRequest))).toHaveLength(1);
    expect(groups(adopted)).toEqual([]);
  });
});

describe("step 4: network interfaces", () => {
  const nic = {
    id: `${network}/networkInterfaces/nic-1`,
    subnetIds: [`${network}/virtualNetworks/vnet-orders-prod/subnets/snet-app`],
    privateIpAddresses: ["10.20.0.70"],
    applicationSecurityGroupIds: [],
    loadBalancerBackendPoolIds: [],
    virtualMachineId: null,
    scaleSetId: null,
    managedBy: null,
  };

  test("trap 13: a NIC in a tier's subnet joins the tier's ASG and its load balancer's pool", () => {
    const membership = resourceOf(
      stateOf(contractRequest, { networkInterfaces: [nic] }),
      "Microsoft.Network/networkInterfaces",
    );
    expect(membership.ownership).toBe("membership");
    expect(membership.body.applicationSecurityGroupIds).toEqual([
      `${network}/applicationSecurityGroups/asg-orders-prod-app`,
    ]);
    expect(membership.body.loadBalancerBackendPoolIds).toEqual([
      `${network}/loadBalancers/lbi-orders-prod-app/backendAddressPools/backend`,
    ]);
  });

  test("a NIC of one tier leaves another tier's ASG", () => {
    const strayed = {
      ...nic,
      applicationSecurityGroupIds: [
        `${network}/applicationSecurityGroups/asg-orders-prod-data`,
        `${network}/applicationSecurityGroups/asg-foreign`,
      ],
    };
    const membership = resourceOf(
      stateOf(contractRequest, { networkInterfaces: [strayed] }),
      "Microsoft.Network/networkInterfaces",
    );
    expect(membership.retired).toEqual([`${network}/applicationSecurityGroups/asg-orders-prod-data`]);
  });

  test("a NIC leaves pools of the spoke that its tier no longer wants, and keeps those of others", () => {
    const pool = (name: string) => `${network}/loadBalancers/${name}/backendAddressPools/backend`;
    const tiers = contractRequest.application.tiers.map((tier) =>
      "name" in tier && tier.name === "app" ? { ...tier, loadBalanced: false } : tier,
    );
    const pools = ["lbi-orders-prod-app", "lbi-orders-prod-gone", "lbi-foreign"].map(pool);
    const found = stateOf(
      requestWith({}, { tiers }),
      { networkInterfaces: [{ ...nic, loadBalancerBackendPoolIds: pools }] },
      platform,
      ["gone"],
    );
    const membership = resourceOf(found, "Microsoft.Network/networkInterfaces");
    expect(membership.body.loadBalancerBackendPoolIds).toEqual([]);
    expect(membership.retired).toEqual([pool("lbi-orders-prod-app"), pool("lbi-orders-prod-gone")]);
  });

  test("a scale set is a finding, and its NICs are left alone", () => {
    const scaleSetId = `${group}/providers/Microsoft.Compute/virtualMachineScaleSets/vmss`;
    const found = stateOf(contractRequest, { networkInterfaces: [{ ...nic, scaleSetId }] });
    expect(codes(found)).toContain("ScaleSetOutsideApplicationSecurityGroup");
    expect(found.resources.filter((resource) => resource.type === "Microsoft.Network/networkInterfaces")).toEqual([]);
  });
});
