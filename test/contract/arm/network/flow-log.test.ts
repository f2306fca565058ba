import { randomUUID } from "node:crypto";
import type { FlowLog } from "@azure/arm-network";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { firstSubscription } from "../local-azure.ts";
import {
  all,
  expectRefusal,
  group,
  location,
  makeNetwork,
  networkId,
  subnetId,
  useNetwork,
} from "./network-fixture.ts";

const fixture = useNetwork();
const watcherGroup = "NetworkWatcherRG";
const watcher = `NetworkWatcher_${location}`;
const groupId = `/subscriptions/${firstSubscription}/resourceGroups/${group}`;
const storageId = (name: string) => `${groupId}/providers/Microsoft.Storage/storageAccounts/${name}`;
const workspaceId = `${groupId}/providers/Microsoft.OperationalInsights/workspaces/log-network`;
const network = (name: string) => `${networkId}/virtualNetworks/${name}`;
const logs = () => fixture.client.flowLogs;
const put = (name: string, more: Partial<FlowLog> = {}) =>
  logs().createOrUpdate(watcherGroup, watcher, name, {
    location,
    targetResourceId: network("vnet"),
    storageId: storageId("stflowlogs"),
    ...more,
  });

async function makeWorkspace(): Promise<void> {
  const path = `${workspaceId}?api-version=2025-07-01`;
  const answer = await fixture.azure.request("PUT", path, { location, properties: {} });
  expect(answer).toMatchObject({ status: 201 });
  await vi.waitFor(async () => {
    const { body } = await fixture.azure.request("GET", path);
    expect(body).toMatchObject({ properties: { provisioningState: "Succeeded" } });
  });
}

beforeAll(async () => {
  for (const name of ["vnet", "vnet-b", "vnet-c"])
    await makeNetwork(fixture.client, name, "10.0.0.0/16", { a: "10.0.0.0/24" });
  const storage = fixture.azure.storage().storageAccounts;
  const account = { kind: "StorageV2", sku: { name: "Standard_LRS" } };
  await storage.create(group, "stflowlogs", { ...account, location });
  await storage.create(group, "stfar", { ...account, location: "northeurope" });
  await makeWorkspace();
});

describe("flow logs", () => {
  it("of a virtual network are created, read, listed, changed and deleted", async () => {
    const analytics = { enabled: true, workspaceResourceId: workspaceId, trafficAnalyticsInterval: 10 };
    const created = await put("fl", {
      enabled: true,
      retentionPolicy: { days: 30, enabled: true },
      flowAnalyticsConfiguration: { networkWatcherFlowAnalyticsConfiguration: analytics },
      tags: { a: "b" },
    });
    expect(created).toMatchObject({
      targetResourceId: network("vnet"),
      enabled: true,
      format: { type: "JSON", version: 2 },
      retentionPolicy: { days: 30, enabled: true },
      flowAnalyticsConfiguration: {
        networkWatcherFlowAnalyticsConfiguration: { ...analytics, workspaceRegion: location },
      },
    });
    expect(created.targetResourceGuid).toBe((await fixture.client.virtualNetworks.get(group, "vnet")).resourceGuid);
    expect((await fixture.client.virtualNetworks.get(group, "vnet")).flowLogs).toMatchObject([{ id: created.id }]);
    expect((await all(logs().list(watcherGroup, watcher))).map(({ name }) => name)).toEqual(["fl"]);
    expect((await put("fl", { enabled: false })).enabled).toBe(false);
    expect((await logs().updateTags(watcherGroup, watcher, "fl", { tags: { c: "d" } })).tags).toEqual({ c: "d" });
    await expectRefusal(put("fl-again"), 400, "FlowLogAlreadyExistsForTargetResource");
    await expectRefusal(
      put("fl", { targetResourceId: network("vnet-b") }),
      400,
      "FlowLogTargetResourceCannotBeChanged",
    );
    await logs().delete(watcherGroup, watcher, "fl");
    await expectRefusal(logs().get(watcherGroup, watcher, "fl"), 404, "ResourceNotFound");
  });

  it("may target a subnet or an interface, but no network security group (trap 24)", async () => {
    await put("fl-subnet", { targetResourceId: subnetId("vnet-b", "a") });
    const nic = await fixture.client.networkInterfaces.createOrUpdate(group, "nic", {
      location,
      ipConfigurations: [{ name: "ip", subnet: { id: subnetId("vnet-b", "a") } }],
    });
    await put("fl-nic", { targetResourceId: nic.id ?? "" });
    const nsg = await fixture.client.networkSecurityGroups.createOrUpdate(group, "nsg", { location });
    await expectRefusal(put("fl-nsg", { targetResourceId: nsg.id ?? "" }), 400, "NsgFlowLogCreationBlocked");
    await expectRefusal(put("fl-st", { targetResourceId: storageId("stflowlogs") }), 400, "InvalidFlowLogTarget");
  });

  it("need their target, storage account, workspace and watcher, all in one region", async () => {
    const target = { targetResourceId: network("vnet-c") };
    await expectRefusal(put("fl-x", { targetResourceId: network("none") }), 400, "InvalidResourceReference");
    await expectRefusal(put("fl-x", { ...target, storageId: storageId("stnone") }), 400, "InvalidResourceReference");
    await expectRefusal(put("fl-x", { ...target, storageId: storageId("stfar") }), 400, "FlowLogRegionMismatch");
    await expectRefusal(put("fl-x", { ...target, location: "northeurope" }), 400, "FlowLogRegionMismatch");
    const gone = { enabled: true, workspaceResourceId: `${workspaceId}-gone` };
    await expectRefusal(
      put("fl-x", { ...target, flowAnalyticsConfiguration: { networkWatcherFlowAnalyticsConfiguration: gone } }),
      400,
      "InvalidResourceReference",
    );
    await expectRefusal(
      logs().createOrUpdate(watcherGroup, "none", "fl", { location, ...target, storageId: storageId("stflowlogs") }),
      404,
      "ParentResourceNotFound",
    );
  });

  it("need the permissions that Network Watcher documents, on account, workspace and subscription", async () => {
    const seed = await fixture.azure.control<{ users: { id: string }[] }>("GET", "seed");
    const user = seed.users[0]?.id ?? "";
    const analytics = { enabled: true, workspaceResourceId: workspaceId };
    const limited = fixture.azure.network(firstSubscription, user).flowLogs;
    const attempt = async () => {
      const flowAnalyticsConfiguration = { networkWatcherFlowAnalyticsConfiguration: analytics };
      const body = { location, targetResourceId: network("vnet-c"), storageId: storageId("stflowlogs") };
      return limited
        .createOrUpdate(watcherGroup, watcher, "fl-limited", { ...body, flowAnalyticsConfiguration })
        .then(() => "made")
        .catch((error: Error) => error.message);
    };
    const scope = `/subscriptions/${firstSubscription}`;
    const roleId = randomUUID();
    const held = ["Microsoft.Network/networkWatchers/flowLogs/*"];
    const define = () =>
      fixture.azure.authorization().roleDefinitions.createOrUpdate(scope, roleId, {
        roleName: `flow logs ${roleId}`,
        permissions: [{ actions: held }],
        assignableScopes: [scope],
      });
    await define();
    await fixture.azure.authorization().roleAssignments.create(scope, randomUUID(), {
      roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`,
      principalId: user,
      principalType: "User",
    });
    const asked: string[] = [];
    for (let answer = await attempt(); answer !== "made"; answer = await attempt()) {
      const action = /perform action\(s\) '([^']+)'/.exec(answer)?.[1] ?? answer;
      expect(asked).not.toContain(action);
      asked.push(action);
      held.push(action);
      await define();
    }
    const reads = [
      "applicationGateways",
      "connections",
      "expressRouteCircuits",
      "loadBalancers",
      "localNetworkGateways",
      "networkInterfaces",
      "networkSecurityGroups",
      "publicIPAddresses",
      "routeTables",
      "virtualNetworkGateways",
      "virtualNetworks",
    ].map((each) => `Microsoft.Network/${each}/read`);
    const collection = ["dataCollectionEndpoints", "dataCollectionRules"].flatMap((each) =>
      ["delete", "read", "write"].map((verb) => `Microsoft.Insights/${each}/${verb}`),
    );
    expect(asked.toSorted()).toEqual(
      [
        ...collection,
        ...reads,
        "Microsoft.Compute/virtualMachineScaleSets/read",
        "Microsoft.Compute/virtualMachines/read",
        "Microsoft.Network/networkWatchers/configureFlowLog/action",
        "Microsoft.OperationalInsights/workspaces/read",
        "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
        "Microsoft.Storage/storageAccounts/listAccountSas/action",
        "Microsoft.Storage/storageAccounts/listKeys/action",
        "Microsoft.Storage/storageAccounts/listServiceSas/action",
      ].toSorted(),
    );
    await logs().delete(watcherGroup, watcher, "fl-limited");
  });

  it("write as a user-assigned identity", async () => {
    const identity = await fixture.azure
      .identities()
      .userAssignedIdentities.createOrUpdate(group, "id-flowlog", { location });
    const created = await put("fl-identity", {
      targetResourceId: network("vnet-c"),
      identity: { type: "UserAssigned", userAssignedIdentities: { [identity.id ?? ""]: {} } },
    });
    expect(Object.values(created.identity?.userAssignedIdentities ?? {})).toMatchObject([
      { principalId: identity.principalId, clientId: identity.clientId },
    ]);
  });
});

describe("network watchers", () => {
  it("stand once per region, and take their flow logs with them", async () => {
    const watchers = fixture.client.networkWatchers;
    expect(await watchers.get(watcherGroup, watcher)).toMatchObject({ provisioningState: "Succeeded" });
    expect((await all(watchers.listAll())).map(({ name }) => name)).toContain(watcher);
    expect((await all(watchers.list(watcherGroup))).map(({ name }) => name)).toContain(watcher);
    await expectRefusal(watchers.createOrUpdate(group, "second", { location }), 400, "NetworkWatcherCountLimitReached");
    await watchers.createOrUpdate(group, "elsewhere", { location: "northeurope" });
    await expectRefusal(
      watchers.verifyIPFlow(watcherGroup, watcher, {
        targetResourceId: network("vnet"),
        direction: "Inbound",
        protocol: "TCP",
        localIPAddress: "10.0.0.4",
        localPort: "443",
        remoteIPAddress: "10.0.0.5",
        remotePort: "50000",
      }),
      501,
      "NotImplementedByLocalAzure",
    );
    await watchers.delete(group, "elsewhere");
    await expectRefusal(watchers.get(group, "elsewhere"), 404, "ResourceNotFound");
  });
});
