import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import { TransientError } from "../../../shared/domain/errors.ts";
import type { FlowLogCoverage, FlowLogReport } from "../../../shared/domain/flow-log-coverage.ts";
import type { DesiredResource } from "../../../shared/domain/resource.ts";
import { enforceFlowLogs } from "../../../shared/reconcile/flow-logs/enforce-flow-logs.ts";
import type { FlowLogTools } from "../../../shared/reconcile/flow-logs/flow-log-pass.ts";
import { observeFlowLogs, observeStorages } from "../../../shared/reconcile/flow-logs/observe-flow-logs.ts";
import { managedSubscriptions } from "../../../shared/reconcile/flow-logs/observe-subscriptions.ts";
import type { SubscriptionSight } from "../../../shared/spoke/flow-log-enforcement/observed-networks.ts";
import { openState, type State } from "../../../shared/state/open-state.ts";
import { platform } from "../../unit/spoke/example.ts";
import { firstSubscription, type LocalAzure, platformSubscription, startLocalAzure } from "../arm/local-azure.ts";
import { computeApi, makeGroup, makeInterface, makeVirtualNetwork, putResource } from "../arm/platform/resources.ts";
import { portsFor } from "../azure/ports-under-test.ts";
import { startAzurite } from "../state/azurite-process.ts";

let azure: LocalAzure;
let azurite: Awaited<ReturnType<typeof startAzurite>>;
let ports: AzurePorts;
let state: State;

beforeAll(async () => {
  [azure, azurite] = await Promise.all([startLocalAzure(), startAzurite()]);
  ports = portsFor(azure);
  state = await openState(azurite);
}, 60_000);
afterAll(async () => {
  await Promise.all([azure?.stop(), azurite?.stop()]);
});

const hour = 3_600_000;
const flowLogType = "Microsoft.Network/networkWatchers/flowLogs";
const networkApi = "2026-01-01";
const start = Date.parse("2026-11-27T12:00:00.000Z");
const at = (hours: number) => new Date(start + hours * hour).toISOString();

/** One pass at a moment, after what the pass before reported; the newest record is as told. */
async function pass(
  mode: "audit" | "enforce",
  { hours = 0, newest = null as string | null, before = null as FlowLogReport | null } = {},
  tools: Partial<FlowLogTools> = {},
  seen: (sight: SubscriptionSight) => SubscriptionSight = (sight) => sight,
): Promise<FlowLogReport> {
  const configuration = { ...platform, enforcementMode: mode };
  const sight = (await observeFlowLogs(ports.resourceGraph, [firstSubscription])).get(firstSubscription);
  if (sight === undefined) throw new Error("the subscription was not seen");
  const storages = await observeStorages(ports.resourceGraph, Object.values(platform.flowLogs.storageAccountIds));
  return enforceFlowLogs(
    {
      resources: ports.resources,
      turns: state.turns,
      configuration,
      newestBlob: async () => newest,
      spokeStatus: async () => null,
      now: () => at(hours),
      ...tools,
    },
    { sight: seen(sight), storages, spokes: [], before },
  );
}

function of(report: FlowLogReport, network: string): FlowLogCoverage {
  const found = report.networks.find(({ virtualNetworkId }) => virtualNetworkId.endsWith(`/${network}`));
  if (found === undefined) throw new Error(`${network} is not in the report`);
  return found;
}

/** A network with a machine that runs in it. */
async function networkWithMachine(name: string): Promise<string> {
  const group = await makeGroup(azure, `rg-${name}`);
  const network = await makeVirtualNetwork(azure, group, name);
  const nic = await makeInterface(azure, group, `nic-${name}`, `${network}/subnets/a`);
  await putResource(azure, `${group}/providers/Microsoft.Compute/virtualMachines/vm-${name}`, computeApi, {
    location: "westeurope",
    properties: {
      hardwareProfile: { vmSize: "Standard_D2s_v5" },
      storageProfile: { osDisk: { createOption: "FromImage" } },
      osProfile: { computerName: "vm", adminUsername: "azureuser", adminPassword: "not-shown" },
      networkProfile: { networkInterfaces: [{ id: nic }] },
    },
  });
  return network;
}

const requests = async () =>
  (await azure.control<{ value: { method: string; url: string; body: unknown }[] }>("GET", "requests")).value;
const writes = async () => (await requests()).filter(({ method }) => method === "PUT" || method === "DELETE");

describe("a pass over the flow logs of a subscription", () => {
  test("audit reports and writes nothing; enforce makes the log, and a second pass finds it", async () => {
    await networkWithMachine("vnet-made");
    await azure.control("DELETE", "requests");
    const audit = of(await pass("audit"), "vnet-made");
    expect(audit).toMatchObject({ state: "Missing", action: "reported", spoke: null, runningInterfaces: 1 });
    expect(await writes()).toEqual([]);

    const made = await pass("enforce");
    expect(of(made, "vnet-made")).toMatchObject({ state: "Missing", action: "created", writtenAt: at(0), error: null });
    await azure.control("DELETE", "requests");
    const after = of(await pass("enforce", { hours: 1, newest: at(0.9), before: made }), "vnet-made");
    expect(after).toMatchObject({ state: "Covered", action: "none", newestBlob: at(0.9), findings: [] });
    expect(await writes()).toEqual([]);
    expect((await requests()).filter(({ url }) => !url.includes("Microsoft.ResourceGraph"))).toEqual([]);
  }, 60_000);

  test("one that was switched off, or deleted, is back after the next pass", async () => {
    await networkWithMachine("vnet-mended");
    const id = of(await pass("enforce"), "vnet-mended").flowLogId ?? "";
    const [, group = "", watcher = "", name = ""] =
      /resourceGroups\/([^/]+)\/.*networkWatchers\/([^/]+)\/flowLogs\/([^/]+)$/.exec(id) ?? [];
    const { flowLogs } = azure.network();
    await flowLogs.createOrUpdate(group, watcher, name, {
      ...(await flowLogs.get(group, watcher, name)),
      enabled: false,
    });
    const mended = of(await pass("enforce"), "vnet-mended");
    expect(mended).toMatchObject({ state: "Wrong", action: "mended" });
    expect(mended.differences.map(({ pointer }) => pointer)).toEqual(["/enabled"]);
    expect((await flowLogs.get(group, watcher, name)).enabled).toBe(true);
    await flowLogs.delete(group, watcher, name);
    expect(of(await pass("enforce"), "vnet-mended")).toMatchObject({ state: "Missing", action: "created" });
    expect((await flowLogs.get(group, watcher, name)).enabled).toBe(true);
  }, 60_000);

  test("trap 25: a silent one is switched off and on again, three times at most, and never where it wrote of late", async () => {
    await networkWithMachine("vnet-silent");
    let before = await pass("enforce");
    const id = of(before, "vnet-silent").flowLogId ?? "";
    const restart = async (hours: number) => {
      await azure.control("DELETE", "requests");
      before = await pass("enforce", { hours, newest: at(-1), before });
      const puts = (await writes()).filter(({ url }) => url.toLowerCase().includes(id.toLowerCase()));
      const switches = puts.map(({ body }) => (body as { properties: { enabled: boolean } }).properties.enabled);
      return { ...of(before, "vnet-silent"), switches };
    };
    expect(await restart(2)).toMatchObject({ state: "Covered", action: "none", switches: [] });
    expect(await restart(4)).toMatchObject({
      state: "Silent",
      action: "restarted",
      restarts: 1,
      switches: [false, true],
    });
    expect(await restart(5)).toMatchObject({ state: "Covered", action: "none", switches: [] });
    expect(await restart(8)).toMatchObject({ action: "restarted", restarts: 2 });
    expect(await restart(12)).toMatchObject({ action: "restarted", restarts: 3 });
    expect(await restart(16)).toMatchObject({ state: "Silent", action: "reported", switches: [] });
    expect(of(before, "vnet-silent").findings.map(({ code }) => code)).toEqual(["FlowLogStaysSilent"]);
    before = await pass("enforce", { hours: 17, newest: at(16.9), before });
    expect(of(before, "vnet-silent")).toMatchObject({ state: "Covered", restarts: 0, findings: [] });
  }, 60_000);

  test("records that cannot be read are a finding, and nothing is switched", async () => {
    await networkWithMachine("vnet-unread");
    const before = await pass("enforce");
    const failure = { code: "ConnectionFailed", message: "Lost.", resourceId: null, remedy: "Run again." };
    const newestBlob = async () => {
      throw new TransientError(failure);
    };
    const coverage = of(await pass("enforce", { hours: 9, before }, { newestBlob }), "vnet-unread");
    expect(coverage).toMatchObject({ state: "Covered", action: "none" });
    expect(coverage.findings.map(({ code }) => code)).toEqual(["FlowLogRecordsUnreadable"]);
  }, 60_000);

  test("trap 24: an NSG's flow log goes only in enforce, and only after its network's was seen writing", async () => {
    const network = await networkWithMachine("vnet-former");
    const before = await pass("enforce");
    const groupId = `${network.replace(/\/virtualNetworks\/.*/, "")}/networkSecurityGroups/nsg-former`;
    const watcher = of(before, "vnet-former").flowLogId?.replace(/\/flowLogs\/.*/, "") ?? "";
    // None can be made any more, so what Resource Graph would show of an old one is put in here.
    const withFormer = (sight: SubscriptionSight): SubscriptionSight => ({
      ...sight,
      flowLogs: [...sight.flowLogs, { id: `${watcher}/flowLogs/fl-nsg`, targetResourceId: groupId, row: {} }],
      securityGroups: [{ id: groupId, subnetIds: [`${network}/subnets/a`], networkInterfaceIds: [] }],
    });
    const { observe, remove } = ports.resources[flowLogType];
    const withFormerLog: AzurePorts["resources"] = {
      ...ports.resources,
      [flowLogType]: {
        ...ports.resources[flowLogType],
        remove,
        observe: async (looked: DesiredResource<typeof flowLogType>) =>
          looked.id.endsWith("/fl-nsg")
            ? {
                id: looked.id,
                type: flowLogType,
                body: { ...looked.body, targetResourceId: groupId },
                etag: null,
                provisioningState: "Succeeded",
                native: {},
              }
            : observe(looked),
      },
    };
    await putResource(azure, groupId, networkApi, { location: "westeurope", properties: {} });
    await putResource(azure, `${network}/subnets/a`, networkApi, {
      properties: { addressPrefix: "10.60.0.0/25", networkSecurityGroup: { id: groupId } },
    });
    const removals = async () => (await writes()).filter(({ method }) => method === "DELETE").map(({ url }) => url);
    const judged = async (mode: "audit" | "enforce", newest: string | null) => {
      await azure.control("DELETE", "requests");
      const report = await pass(mode, { hours: 1, newest, before }, { resources: withFormerLog }, withFormer);
      return { action: report.others[0]?.action, removals: (await removals()).length };
    };
    expect(await judged("enforce", null)).toEqual({ action: "kept", removals: 0 });
    expect(await judged("audit", at(0.9))).toEqual({ action: "reported", removals: 0 });
    expect(await judged("enforce", at(0.9))).toEqual({ action: "replaced", removals: 1 });
  }, 60_000);

  test("what Azure refuses for one network is told there, and the others are made", async () => {
    const locked = await networkWithMachine("vnet-locked");
    await networkWithMachine("vnet-free");
    await azure.control("POST", "faults", {
      match: { method: "PUT", pathRegex: "flowLogs/fl-vnet-locked" },
      kind: "locked",
      times: 5,
      retryAfterSeconds: null,
    });
    const report = await pass("enforce");
    await azure.control("DELETE", "faults");
    expect(of(report, "vnet-locked")).toMatchObject({ action: "waits", error: { code: "ScopeLocked" } });
    expect(of(report, "vnet-locked").virtualNetworkId.toLowerCase()).toBe(locked.toLowerCase());
    expect(of(report, "vnet-free")).toMatchObject({ action: "created", error: null });
  }, 60_000);
});

test("managed subscriptions: configured, below management groups, of spokes; without the excluded", async () => {
  const scope = { managementGroups: [], excludedSubscriptionIds: [firstSubscription], tag: null };
  const configuration = { ...platform, enforcement: { ...platform.enforcement, scope } };
  const ids = await managedSubscriptions(ports.resourceGraph, configuration, ["BBBBBBBB-BBBB-4BBB-8BBB-BBBBBBBBBBBB"]);
  expect(ids).toContain("bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb");
  expect(ids).not.toContain(firstSubscription);
  expect(ids).toHaveLength(platform.subscriptionIds.length);
});

test("a management group brings the subscriptions below it, whatever is configured", async () => {
  const scope = { managementGroups: [platform.tenantId], excludedSubscriptionIds: [], tag: null };
  const configuration = { ...platform, subscriptionIds: [], enforcement: { ...platform.enforcement, scope } };
  const ids = await managedSubscriptions(ports.resourceGraph, configuration, []);
  expect(ids).toEqual(expect.arrayContaining([firstSubscription, platformSubscription]));
});
