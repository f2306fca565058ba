import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import { enforceFlowLogs } from "../../../shared/reconcile/flow-logs/enforce-flow-logs.ts";
import { observeFlowLogs, observeStorages } from "../../../shared/reconcile/flow-logs/observe-flow-logs.ts";
import { flowLogOfNetwork } from "../../../shared/spoke/flow-log-enforcement/flow-log-of-network.ts";
import { openState, type State } from "../../../shared/state/open-state.ts";
import { platform } from "../../unit/spoke/example.ts";
import { type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import { portsFor } from "../azure/ports-under-test.ts";
import { startAzurite } from "../state/azurite-process.ts";

const subscriptionCount = 50;
const networksEach = 40;
const location = "westeurope";

let azure: LocalAzure;
let azurite: Awaited<ReturnType<typeof startAzurite>>;
let ports: AzurePorts;
let state: State;
const subscriptionIds = Array.from({ length: subscriptionCount }, () => randomUUID());

beforeAll(async () => {
  // As fast as Azure, so that its limits are Azure's too.
  [azure, azurite] = await Promise.all([startLocalAzure({ speed: 1 }), startAzurite()]);
  ports = portsFor(azure);
  state = await openState(azurite);
  await azure.control("POST", "subscriptions", { subscriptionIds });
  const storage = (
    await observeStorages(ports.resourceGraph, [platform.flowLogs.storageAccountIds[location] ?? ""])
  )[0];
  if (storage === undefined) throw new Error("no storage");
  for (const subscriptionId of subscriptionIds) {
    const value = resourcesOf(subscriptionId, storage);
    const { stored } = await azure.control<{ stored: number }>("POST", "resources", { value });
    expect(stored).toBe(value.length);
  }
}, 120_000);
afterAll(async () => {
  await Promise.all([azure?.stop(), azurite?.stop()]);
});

/** Networks whose flow logs stand as they shall, with the region's watcher. */
function resourcesOf(subscriptionId: string, storage: Awaited<ReturnType<typeof observeStorages>>[number]) {
  const scope = `/subscriptions/${subscriptionId}/resourceGroups`;
  const watcher = `${scope}/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_${location}`;
  const networks = Array.from({ length: networksEach }, (_, index) => ({
    id: `${scope}/rg-all/providers/Microsoft.Network/virtualNetworks/vnet-${index}`,
    name: `vnet-${index}`,
    location,
    tags: {},
  }));
  const surroundings = {
    subscriptionId,
    configuration: platform,
    networkWatcherId: watcher,
    storage,
    networks,
    flowLogs: [],
  };
  return [
    { id: `${scope}/rg-all`, body: { location } },
    { id: `${scope}/NetworkWatcherRG`, body: { location } },
    { id: watcher, body: { location, properties: {} } },
    {
      id: `${scope}/NetworkWatcherRG/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-flow-logs-${location}`,
      body: { location },
    },
    ...networks.flatMap((network, index) => {
      const flowLog = flowLogOfNetwork(network, surroundings).find(
        (one) => one.type === "Microsoft.Network/networkWatchers/flowLogs",
      );
      if (flowLog === undefined) throw new Error("no flow log");
      const addressPrefixes = [`10.${index}.0.0/16`];
      const { body } = flowLog;
      const { trafficAnalytics: analytics } = body;
      return [
        { id: network.id, body: { location, properties: { addressSpace: { addressPrefixes }, subnets: [] } } },
        {
          id: flowLog.id,
          body: {
            location,
            ...(body.userAssignedIdentityId === null
              ? {}
              : { identity: { type: "UserAssigned", userAssignedIdentities: { [body.userAssignedIdentityId]: {} } } }),
            properties: {
              targetResourceId: body.targetResourceId,
              storageId: body.storageId,
              enabled: true,
              retentionPolicy: { days: body.retentionDays, enabled: true },
              format: { type: "JSON", version: 2 },
              flowAnalyticsConfiguration: {
                networkWatcherFlowAnalyticsConfiguration: {
                  enabled: true,
                  workspaceId: analytics.workspaceId,
                  workspaceRegion: analytics.workspaceRegion,
                  workspaceResourceId: analytics.workspaceResourceId,
                  trafficAnalyticsInterval: analytics.intervalMinutes,
                },
              },
            },
          },
        },
      ];
    }),
  ];
}

test("2,000 networks in 50 subscriptions: a handful of queries, no other call, nothing throttled, nothing written", async () => {
  await azure.control("DELETE", "requests");
  const cpu = process.cpuUsage();
  const sights = await observeFlowLogs(ports.resourceGraph, subscriptionIds);
  const storages = await observeStorages(ports.resourceGraph, Object.values(platform.flowLogs.storageAccountIds));
  const states = new Map<string, number>();
  for (const sight of sights.values()) {
    const tools = {
      resources: ports.resources,
      turns: state.turns,
      configuration: { ...platform, enforcementMode: "enforce" as const },
      newestBlob: () => Promise.reject(new Error("asked, where nothing runs")),
      spokeStatus: async () => null,
      now: () => "2026-11-27T12:00:00.000Z",
    };
    const report = await enforceFlowLogs(tools, { sight, storages, spokes: [], before: null });
    for (const { state: found } of report.networks) states.set(found, (states.get(found) ?? 0) + 1);
  }
  const { user, system } = process.cpuUsage(cpu);
  expect([...states]).toEqual([["Covered", subscriptionCount * networksEach]]);
  const { value } = await azure.control<{ value: { url: string; status: number }[] }>("GET", "requests");
  expect(value.filter(({ url }) => !url.includes("Microsoft.ResourceGraph/resources"))).toEqual([]);
  expect(value.filter(({ status }) => status === 429)).toEqual([]);
  // Networks and flow logs two pages each; watchers, interfaces, machines and storage accounts one.
  expect(value.length).toBe(8);
  console.log(`${value.length} queries, ${Math.round((user + system) / 1000)} ms of CPU`);
}, 120_000);
