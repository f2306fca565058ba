import { describe, expect, test } from "vitest";
import type { FlowLogCoverage } from "../../../../shared/domain/flow-log-coverage.ts";
import { flowLogOfNetwork } from "../../../../shared/spoke/flow-log-enforcement/flow-log-of-network.ts";
import { isInScope } from "../../../../shared/spoke/flow-log-enforcement/is-in-scope.ts";
import type {
  SeenFlowLog,
  SeenNetwork,
  SubscriptionSight,
} from "../../../../shared/spoke/flow-log-enforcement/observed-networks.ts";
import { otherFlowLogs } from "../../../../shared/spoke/flow-log-enforcement/other-flow-logs.ts";
import { runningInterfaces } from "../../../../shared/spoke/flow-log-enforcement/running-interfaces.ts";
import { platform, storageAccountId } from "../example.ts";

const subscriptionId = "11111111-1111-1111-1111-111111111111";
const group = `/subscriptions/${subscriptionId}/resourceGroups/rg-shop`;
const network = (name: string, resourceGroup = group): SeenNetwork => ({
  id: `${resourceGroup}/providers/Microsoft.Network/virtualNetworks/${name}`,
  name,
  location: "westeurope",
  tags: {},
});
const watcher = `/subscriptions/${subscriptionId}/resourceGroups/rg-watch/providers/Microsoft.Network/networkWatchers/w`;
const flowLog = (name: string, targetResourceId: string): SeenFlowLog => ({
  id: `${watcher}/flowLogs/${name}`,
  targetResourceId,
  row: {},
});
const storage = { id: storageAccountId, location: "westeurope", skuName: "Standard_ZRS", allowSharedKeyAccess: false };
const idsOf = (
  one: SeenNetwork,
  flowLogs: readonly SeenFlowLog[],
  networkWatcherId: string | null = watcher,
  networks: readonly SeenNetwork[] = [one],
) => {
  const surroundings = { subscriptionId, configuration: platform, networkWatcherId, storage, networks, flowLogs };
  return flowLogOfNetwork(one, surroundings).map(({ id }) => id);
};

describe("a network that is no spoke's", () => {
  test("gets fl-{name} at its region's watcher, and writes as the region's identity in the watcher's group", () => {
    const [watcherId, identity, role, log] = idsOf(network("vnet-shop"), []);
    expect(watcherId).toBe(watcher);
    expect(identity).toBe(
      `/subscriptions/${subscriptionId}/resourceGroups/rg-watch/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-flow-logs-westeurope`,
    );
    expect(role).toMatch(new RegExp(`^${storageAccountId}/providers/Microsoft.Authorization/roleAssignments/`));
    expect(log).toBe(`${watcher}/flowLogs/fl-vnet-shop`);
  });

  test("where no watcher stands it is made, with its group", () => {
    const ids = idsOf(network("vnet-shop"), [], null);
    expect(ids[0]).toBe(`/subscriptions/${subscriptionId}/resourceGroups/NetworkWatcherRG`);
    expect(ids.at(-1)).toMatch(/NetworkWatcherRG\/.*\/NetworkWatcher_westeurope\/flowLogs\/fl-vnet-shop$/);
  });

  test("a log that it has keeps its name; one of another network's name makes room", () => {
    const own = network("vnet-shop");
    expect(idsOf(own, [flowLog("theirs", own.id.toUpperCase())]).at(-1)).toBe(`${watcher}/flowLogs/theirs`);
    const other = network("vnet-shop", `/subscriptions/${subscriptionId}/resourceGroups/rg-other`);
    const second = idsOf(own, [flowLog("fl-vnet-shop", other.id)]).at(-1);
    expect(second).toMatch(/\/fl-vnet-shop-[0-9a-f]{8}$/);
    expect(idsOf(own, [flowLog("fl-vnet-shop", other.id)]).at(-1)).toBe(second);
  });

  test("networks of one name of which none has a log yet get logs of different names", () => {
    const own = network("vnet-shop");
    const other = network("VNET-shop", `/subscriptions/${subscriptionId}/resourceGroups/rg-other`);
    const elsewhere = { ...other, location: "northeurope" };
    const logOf = (one: SeenNetwork, networks: SeenNetwork[]) => idsOf(one, [], watcher, networks).at(-1);
    expect(logOf(own, [own, other])?.toLowerCase()).not.toBe(logOf(other, [own, other])?.toLowerCase());
    expect(logOf(own, [own, elsewhere])).toBe(`${watcher}/flowLogs/fl-vnet-shop`);
  });

  test("nothing of it is ever the tool's to remove", () => {
    const networkWatcherId = null;
    const surroundings = {
      subscriptionId,
      configuration: platform,
      networkWatcherId,
      storage,
      networks: [],
      flowLogs: [],
    };
    const ownerships = flowLogOfNetwork(network("vnet-shop"), surroundings).map(({ ownership }) => ownership);
    expect(new Set(ownerships)).toEqual(new Set(["shared"]));
  });
});

test("scope: excluded subscriptions, and the tag with any or one value", () => {
  const scope = { managementGroups: [], excludedSubscriptionIds: [], tag: null };
  const tagged = { tags: { Environment: "prod" } };
  expect(isInScope({ tags: {} }, subscriptionId, scope)).toBe(true);
  expect(isInScope(tagged, subscriptionId, { ...scope, excludedSubscriptionIds: [subscriptionId.toUpperCase()] })).toBe(
    false,
  );
  expect(isInScope(tagged, subscriptionId, { ...scope, tag: { name: "environment", value: null } })).toBe(true);
  expect(isInScope(tagged, subscriptionId, { ...scope, tag: { name: "environment", value: "prod" } })).toBe(true);
  expect(isInScope(tagged, subscriptionId, { ...scope, tag: { name: "environment", value: "test" } })).toBe(false);
  expect(isInScope({ tags: {} }, subscriptionId, { ...scope, tag: { name: "environment", value: null } })).toBe(false);
});

test("interfaces of running machines are counted once a network, whatever the case of ids", () => {
  const { id } = network("vnet-shop");
  const nic = (name: string, machine: string, subnetIds: string[]) => ({
    id: name,
    virtualMachineId: machine,
    subnetIds,
  });
  const counts = runningInterfaces({
    interfaces: [
      nic("n1", "/vm-1", [`${id}/subnets/a`, `${id}/subnets/b`]),
      nic("n2", "/VM-1", [`${id.toUpperCase()}/subnets/a`]),
      nic("n3", "/vm-off", [`${id}/subnets/a`]),
    ],
    runningMachineIds: ["/vm-1"],
  });
  expect([...counts]).toEqual([[id.toLowerCase(), 2]]);
});

describe("trap 24: flow logs of NSGs", () => {
  const { id } = network("vnet-shop");
  const groupId = `${group}/providers/Microsoft.Network/networkSecurityGroups/nsg-shop`;
  const nicId = `${group}/providers/Microsoft.Network/networkInterfaces/nic`;
  const sight: SubscriptionSight = {
    subscriptionId,
    readable: true,
    networks: [network("vnet-shop")],
    flowLogs: [flowLog("fl-vnet-shop", id), flowLog("fl-nsg", groupId), flowLog("fl-subnet", `${id}/subnets/a`)],
    interfaces: [{ id: nicId, virtualMachineId: "/vm", subnetIds: [`${id}/subnets/a`] }],
    runningMachineIds: ["/vm"],
    networkWatchers: [],
    securityGroups: [{ id: groupId, subnetIds: [`${id}/subnets/a`], networkInterfaceIds: [] }],
  };
  const writing = {
    virtualNetworkId: id.toUpperCase(),
    state: "Covered",
    newestBlob: "2026-11-27T11:00:00.000Z",
    runningInterfaces: 1,
  } as FlowLogCoverage;
  const groupLog = (coverage: readonly FlowLogCoverage[], seen = sight) =>
    otherFlowLogs(seen, coverage).find(({ log }) => log.kind === "networkSecurityGroup");

  test("are replaced only where the log of their network stands and was seen writing", () => {
    expect(groupLog([writing])?.replaceable).toBe(true);
    expect(groupLog([])?.replaceable).toBe(false);
    expect(groupLog([{ ...writing, state: "Missing" }])?.replaceable).toBe(false);
    expect(groupLog([{ ...writing, state: "Silent" }])?.replaceable).toBe(false);
    expect(groupLog([{ ...writing, newestBlob: null }])?.replaceable).toBe(false);
    expect(groupLog([{ ...writing, runningInterfaces: 0 }])?.replaceable).toBe(false);
  });

  test("of an NSG at an interface follow the interface's network; of one that holds nowhere stay", () => {
    const at = (subnetIds: string[], networkInterfaceIds: string[]) => ({
      ...sight,
      securityGroups: [{ id: groupId, subnetIds, networkInterfaceIds }],
    });
    expect(groupLog([writing], at([], [nicId.toUpperCase()]))?.replaceable).toBe(true);
    expect(groupLog([writing], at([], []))?.replaceable).toBe(false);
    const second = `${network("vnet-second").id}/subnets/a`;
    expect(groupLog([writing], at([`${id}/subnets/a`, second], []))?.replaceable).toBe(false);
    // An interface of a scale set, or of no machine: nobody knows in which network it stands.
    expect(groupLog([writing], at([`${id}/subnets/a`], [`${nicId}-unknown`]))?.replaceable).toBe(false);
  });

  test("tell their retirement; those of subnets are left alone; those of networks are not listed", () => {
    const judged = otherFlowLogs(sight, [writing]);
    expect(judged.map(({ log }) => [log.kind, log.findings.map(({ code }) => code)])).toEqual([
      ["networkSecurityGroup", ["NetworkSecurityGroupFlowLog"]],
      ["subnet", ["FlowLogOfPart"]],
    ]);
    expect(judged[0]?.log.findings[0]?.message).toMatch(/30 June 2025.*30 September 2027/);
    expect(judged[1]?.replaceable).toBe(false);
  });
});
