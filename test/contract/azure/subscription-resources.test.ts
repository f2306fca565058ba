import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import { firstSubscription, type LocalAzure, platformSubscription, startLocalAzure } from "../arm/local-azure.ts";
import { desired, location, make, networkId, newResourceGroup, portsFor, tags } from "./ports-under-test.ts";

let azure: LocalAzure;
let ports: AzurePorts;
let storageId: string;
let workspaceResourceId: string;

beforeAll(async () => {
  azure = await startLocalAzure();
  ports = portsFor(azure);
  const group = `/subscriptions/${platformSubscription}/resourceGroups/rg-platform-logs/providers`;
  storageId = `${group}/Microsoft.Storage/storageAccounts/stflowlogswe`;
  workspaceResourceId = `${group}/Microsoft.OperationalInsights/workspaces/law-platform`;
});
afterAll(() => azure.stop());

describe("diagnostic setting of a subscription", () => {
  const type = "Microsoft.Insights/diagnosticSettings";
  const categories = ["Administrative", "Security", "Policy"];
  const setting = (subscription: string, name = "zero-trust-activity") =>
    desired(type, `/subscriptions/${subscription}/providers/${type}/${name}`, {
      workspaceId: workspaceResourceId,
      storageAccountId: storageId,
      categories,
    });

  test("stands as desired, is updated, keeps categories of others, and is removed twice", async () => {
    const wanted = setting(firstSubscription);
    const port = ports.resources[type];
    expect(await port.observe(wanted)).toBeNull();
    await port.write(wanted, null);
    expect((await port.observe(wanted))?.body).toEqual(wanted.body);

    await azure
      .monitor()
      .diagnosticSettings.createOrUpdate(`subscriptions/${firstSubscription}`, "zero-trust-activity", {
        workspaceId: workspaceResourceId,
        storageAccountId: storageId,
        logs: [
          { category: "Administrative", enabled: false },
          { category: "Alert", enabled: true },
        ],
      });
    const drifted = await port.observe(wanted);
    expect(drifted?.body.categories).toEqual(["Alert"]);
    await port.write(wanted, drifted);
    expect((await port.observe(wanted))?.body.categories).toEqual([...categories, "Alert"]);

    await port.remove(wanted.id);
    await port.remove(wanted.id);
    expect(await port.observe(wanted)).toBeNull();
  });

  test("another one that sends every category to both destinations is adopted, a lesser one is not", async () => {
    const subscription = "11111111-1111-1111-1111-000000000002";
    const port = ports.resources[type];
    const lesser = desired(type, setting(subscription, "lesser").id, {
      ...setting(subscription).body,
      categories: ["Alert"],
    });
    await port.write(lesser, null);
    expect(await port.observe(setting(subscription))).toBeNull();
    await port.write(setting(subscription, "by-hand"), null);
    const adopted = await port.observe(setting(subscription));
    expect(adopted?.id).toMatch(/by-hand$/);
    expect(adopted?.body).toEqual(setting(subscription).body);
  });

  test("one that sends a part of them to the same store is in the way, and named in the refusal", async () => {
    const subscription = "11111111-1111-1111-1111-000000000003";
    const port = ports.resources[type];
    const part = desired(type, setting(subscription, "soc").id, {
      ...setting(subscription).body,
      categories: ["Policy"],
    });
    await port.write(part, null);
    const error = await port.write(setting(subscription), null).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: "RefusedError",
      failure: { code: "Conflict", message: expect.stringContaining("soc"), remedy: expect.stringMatching(/adopted/) },
    });
  });
});

describe("network watcher and flow log", () => {
  const type = "Microsoft.Network/networkWatchers/flowLogs";

  test("a virtual network flow log stands as desired, is updated and is removed twice", async () => {
    const group = await newResourceGroup(ports);
    const network = await make(
      ports,
      "Microsoft.Network/virtualNetworks",
      networkId(group, "virtualNetworks", "vnet-orders"),
      { location, tags, addressPrefixes: ["10.20.0.0/22"], dnsServers: [], subnets: [] },
    );
    const virtualNetworkId = network;
    const { networkWatcherId } = await ports.facts.observeSpokeFacts({
      subscriptionId: firstSubscription,
      location,
      virtualNetworkId,
      storageAccountId: null,
      withSystemTopic: false,
    });
    const watcher = desired("Microsoft.Network/networkWatchers", networkWatcherId ?? "", { location });
    expect((await ports.resources[watcher.type].observe(watcher))?.body).toEqual({ location });

    const body = {
      location,
      tags,
      targetResourceId: network,
      storageId,
      enabled: true,
      retentionDays: 90,
      userAssignedIdentityId: null,
      trafficAnalytics: {
        enabled: true,
        workspaceId: "88888888-8888-4888-8888-888888888888",
        workspaceResourceId,
        workspaceRegion: location,
        intervalMinutes: 10,
      },
    };
    const id = `${networkWatcherId}/flowLogs/fl-orders`;
    const port = ports.resources[type];
    expect(await port.observe(desired(type, id, body))).toBeNull();
    await port.write(desired(type, id, body), null);
    const observed = await port.observe(desired(type, id, body));
    expect(observed?.body).toEqual(body);

    const changed = { ...body, retentionDays: 30 };
    await port.write(desired(type, id, changed), observed);
    expect((await port.observe(desired(type, id, changed)))?.body).toEqual(changed);

    // Records that somebody leaves out or shortens are a log that is not as desired.
    const [, , , , watcherGroup = "", , , , watcherName = ""] = id.split("/");
    const { flowLogs } = azure.network();
    for (const drift of [
      { enabledFilteringCriteria: "DstPort=443" },
      { recordTypes: "B,E" },
      { format: { type: "JSON", version: 1 } },
    ]) {
      const native = await flowLogs.get(watcherGroup, watcherName, "fl-orders");
      await flowLogs.createOrUpdate(watcherGroup, watcherName, "fl-orders", { ...native, ...drift });
      const drifted = await port.observe(desired(type, id, changed));
      expect(drifted?.body, JSON.stringify(drift)).toEqual({ ...changed, enabled: false });
      await port.write(desired(type, id, changed), drifted);
      expect((await port.observe(desired(type, id, changed)))?.body).toEqual(changed);
    }
    await port.remove(id);
    await port.remove(id);
    expect(await port.observe(desired(type, id, body))).toBeNull();
  });

  test("a network watcher is made in a region that has none", async () => {
    const type = "Microsoft.Network/networkWatchers";
    const group = await newResourceGroup(ports);
    const id = networkId(group, "networkWatchers", "NetworkWatcher_swedencentral");
    const wanted = desired(type, id, { location: "swedencentral" });
    expect(await ports.resources[type].observe(wanted)).toBeNull();
    await ports.resources[type].write(wanted, null);
    expect((await ports.resources[type].observe(wanted))?.body).toEqual(wanted.body);
    await ports.resources[type].remove(id);
    await ports.resources[type].remove(id);
    expect(await ports.resources[type].observe(wanted)).toBeNull();
  });
});

describe("role definition", () => {
  test("of the platform's owner stands as desired and is updated", async () => {
    const type = "Microsoft.Authorization/roleDefinitions";
    const id = `/subscriptions/${firstSubscription}/providers/${type}/${randomUUID()}`;
    const body = {
      roleName: `Network Management ${id.slice(-6)}`,
      actions: ["*/read", "Microsoft.Network/*"],
      notActions: [],
      dataActions: [],
      notDataActions: [],
    };
    const port = ports.resources[type];
    expect(await port.observe(desired(type, id, body))).toBeNull();
    await port.write(desired(type, id, body), null);
    const observed = await port.observe(desired(type, id, body));
    expect(observed?.body).toEqual(body);
    const changed = { ...body, actions: ["Microsoft.Support/*", "*/read"] };
    await port.write(desired(type, id, changed), observed);
    expect((await port.observe(desired(type, id, changed)))?.body).toEqual(changed);
    await port.remove(id);
    await port.remove(id);
    expect(await port.observe(desired(type, id, body))).toBeNull();
  });
});
