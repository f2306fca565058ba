import { describe, expect, test } from "vitest";
import type { FlowLogReport } from "../../../../shared/domain/flow-log-coverage.ts";
import type { DesiredResource, ResourceBodies } from "../../../../shared/domain/resource.ts";
import type { SpokeRecord, SpokeStatus } from "../../../../shared/domain/spoke-record.ts";
import { enforceFlowLogs } from "../../../../shared/reconcile/flow-logs/enforce-flow-logs.ts";
import type { FlowLogTools } from "../../../../shared/reconcile/flow-logs/flow-log-pass.ts";
import type { SubscriptionSight } from "../../../../shared/spoke/flow-log-enforcement/observed-networks.ts";
import { contractRequest, emptyFacts, platform, resourceOf, stateOf, storageAccountId } from "../../spoke/example.ts";
import { exemption } from "../../spoke/exemption-example.ts";

const flowLogType = "Microsoft.Network/networkWatchers/flowLogs";
const groupType = "Microsoft.Network/networkSecurityGroups";
const subscriptionId = "11111111-1111-1111-1111-111111111111";
const now = "2026-11-27T12:00:00.000Z";
const provider = `/subscriptions/${subscriptionId}/resourceGroups/rg-shop/providers/Microsoft.Network`;
const network = `${provider}/virtualNetworks/vnet-shop`;
const group = `${provider}/networkSecurityGroups/nsg-shop`;
const nic = `${provider}/networkInterfaces/nic`;
const watcher = `/subscriptions/${subscriptionId}/resourceGroups/rg-watch/providers/Microsoft.Network/networkWatchers/w`;
const own = `${watcher}/flowLogs/fl-vnet-shop`;
const former = `${watcher}/flowLogs/fl-nsg`;

type FlowLogBody = ResourceBodies[typeof flowLogType];
type Written = readonly [string, string, boolean?];

const spoke = stateOf(contractRequest);
const desiredLog = resourceOf(spoke, flowLogType) as DesiredResource<typeof flowLogType>;
const bodyOf = (targetResourceId: string): FlowLogBody => ({
  ...desiredLog.body,
  tags: {},
  userAssignedIdentityId: null,
  targetResourceId,
});
const storages = [
  {
    ...(emptyFacts.storageAccount ?? { location: "westeurope", skuName: "Standard_ZRS" }),
    id: storageAccountId,
    allowSharedKeyAccess: true,
    blobEndpoint: "https://logs.example/",
  },
];

/** A row of Resource Graph: as Azure has it, and so as the port reads it. */
const rowOf = (id: string, body: FlowLogBody) => ({
  id,
  targetResourceId: body.targetResourceId,
  row: { id, body },
});

interface Azure {
  readonly logs?: Readonly<Record<string, FlowLogBody>>;
  readonly holders?: { subnets?: { id: string }[]; networkInterfaces?: { id: string }[] } | null;
  readonly status?: SpokeStatus | null;
}

/** What Azure itself has, in the place of the ports; every write is noted. */
function tools({ logs = {}, holders = { subnets: [{ id: `${network}/subnets/a` }] }, status = null }: Azure): {
  readonly tools: FlowLogTools;
  readonly written: Written[];
} {
  const written: Written[] = [];
  const standing = new Map(Object.entries(logs));
  const stands = { etag: null, provisioningState: "Succeeded", native: {} };
  const port = (type: string) => ({
    observe: async ({ id, body }: DesiredResource) => {
      if (type === groupType) return holders === null ? null : { id, type, body, ...stands, native: holders };
      const log = standing.get(id);
      if (type !== flowLogType) return { id, type, body, ...stands };
      return log === undefined ? null : { id, type, body: log, ...stands };
    },
    observeIn: (snapshot: { byId(id: string): unknown }, { id }: DesiredResource) => {
      const { body } = snapshot.byId(id) as { body: FlowLogBody };
      return { id, type, body, ...stands };
    },
    write: async ({ id, body }: DesiredResource<typeof flowLogType>) => {
      written.push(["write", id, body.enabled]);
      standing.set(id, body);
    },
    remove: async (id: string) => {
      written.push(["remove", id]);
    },
  });
  const resources = new Proxy({}, { get: (_, type) => port(String(type)) }) as FlowLogTools["resources"];
  const turns = {
    inTurn: async (_place: string, _who: string, _wish: unknown, work: (turn: unknown) => unknown) => work({}),
  } as unknown as FlowLogTools["turns"];
  const configuration = { ...platform, enforcementMode: "enforce" as const };
  const newestBlob = async () => now;
  return {
    tools: { resources, turns, configuration, newestBlob, spokeStatus: async () => status, now: () => now },
    written,
  };
}

const sight: SubscriptionSight = {
  subscriptionId,
  readable: true,
  networks: [{ id: network, name: "vnet-shop", location: "westeurope", tags: {} }],
  flowLogs: [rowOf(own, bodyOf(network)), rowOf(former, bodyOf(group))],
  interfaces: [{ id: nic, virtualMachineId: "/vm", subnetIds: [`${network}/subnets/a`] }],
  runningMachineIds: ["/vm"],
  networkWatchers: [{ id: watcher, location: "westeurope" }],
  securityGroups: [{ id: group, subnetIds: [`${network}/subnets/a`], networkInterfaceIds: [] }],
};

describe("Resource Graph is behind: before the flow log of an NSG is deleted, Azure itself is asked", () => {
  const actionIn = async (azure: Azure) => {
    const { tools: the, written } = tools(azure);
    const report = await enforceFlowLogs(the, { sight, storages, spokes: [], before: null });
    return { action: report.others[0]?.action, written };
  };
  const stands = { [own]: bodyOf(network), [former]: bodyOf(group) };

  test("it goes where all is as it was seen", async () => {
    expect(await actionIn({ logs: stands })).toEqual({ action: "replaced", written: [["remove", former]] });
  });

  test("it stays where a flow log of this name records a network by now", async () => {
    const logs = { ...stands, [former]: bodyOf(`${provider}/virtualNetworks/vnet-other`) };
    expect(await actionIn({ logs })).toEqual({ action: "kept", written: [] });
  });

  test("it stays where its NSG holds in another network, or at an interface that nobody knows, or is gone", async () => {
    const elsewhere = { subnets: [{ id: `${network}/subnets/a` }, { id: `${provider}/virtualNetworks/b/subnets/a` }] };
    const unknown = { subnets: [{ id: `${network}/subnets/a` }], networkInterfaces: [{ id: `${nic}-unknown` }] };
    for (const holders of [elsewhere, unknown, {}, null]) {
      expect(await actionIn({ logs: stands, holders })).toEqual({ action: "kept", written: [] });
    }
  });
});

test("a flow log that Resource Graph did not show yet, and that records another network, is not written over", async () => {
  const { tools: the, written } = tools({ logs: { [own]: bodyOf(`${provider}/virtualNetworks/vnet-other`) } });
  const pass = { sight: { ...sight, flowLogs: [] }, storages, spokes: [], before: null };
  const report = await enforceFlowLogs(the, pass);
  expect(report.networks[0]).toMatchObject({ action: "waits", error: { code: "FlowLogOfAnother" } });
  expect(written).toEqual([]);
});

describe("the flow log of a spoke", () => {
  const { design } = spoke;
  const { virtualNetwork } = design.names;
  const record = (status: SpokeStatus): SpokeRecord => ({
    version: 1,
    name: design.request.name,
    request: design.request,
    requester: { objectId: "o", name: "Olga" },
    status,
    revision: 1,
    addressPrefix: "10.20.0.0/22",
    tierSlots: {},
    resources: [],
    findings: [],
    error: null,
    createdAt: now,
    startedAt: now,
    finishedAt: "2026-11-26T12:00:00.000Z",
  });
  const seen: SubscriptionSight = {
    ...sight,
    networks: [{ id: virtualNetwork, name: design.request.name, location: "westeurope", tags: {} }],
    flowLogs: [],
    securityGroups: [],
    networkWatchers: [],
    interfaces: [{ id: nic, virtualMachineId: "/vm", subnetIds: [`${virtualNetwork}/subnets/snet-app`] }],
  };
  const passOver = async (before: SpokeStatus, status: SpokeStatus | null) => {
    const { tools: the, written } = tools({ status });
    const spokes = [{ record: record(before), amendments: [] }];
    const { networks } = await enforceFlowLogs(the, { sight: seen, storages, spokes, before: null });
    return { state: networks[0]?.state, action: networks[0]?.action, writes: written.length };
  };

  test("is made where the spoke stands", async () => {
    expect(await passOver("Succeeded", "Succeeded")).toEqual({ state: "Missing", action: "created", writes: 1 });
  });

  test("is not made while the spoke is removed, also where that began after the pass", async () => {
    const left = { state: "AtWork", action: "none", writes: 0 };
    expect(await passOver("Succeeded", "Removing")).toEqual(left);
    expect(await passOver("Succeeded", null)).toEqual(left);
  });

  test("is told and left to people where the last run failed: that may have been its removal", async () => {
    expect(await passOver("Failed", "Failed")).toEqual({ state: "Missing", action: "reported", writes: 0 });
  });

  test("a restart keeps what somebody is exempted from", async () => {
    const id = desiredLog.id;
    const standing = { ...desiredLog.body, retentionDays: 7, userAssignedIdentityId: null };
    const amendment = exemption({
      spoke: design.request.name,
      createdAt: now,
      expiresAt: "2026-12-27T12:00:00.000Z",
      resourceId: id,
      tolerated: ["/retentionDays"],
    });
    const { tools: the, written } = tools({ status: "Succeeded", logs: { [id]: standing } });
    const bodies: FlowLogBody[] = [];
    const resources = new Proxy(the.resources, {
      get: (all, type: typeof flowLogType) => ({
        ...all[type],
        write: async (one: DesiredResource<typeof flowLogType>, observed: null) => {
          bodies.push(one.body);
          await all[type].write(one, observed);
        },
      }),
    });
    const pass = {
      sight: { ...seen, flowLogs: [rowOf(id, standing)] },
      storages,
      spokes: [{ record: record("Succeeded"), amendments: [amendment] }],
      before: null as FlowLogReport | null,
    };
    const silent = { ...the, resources, newestBlob: async () => "2026-11-27T01:00:00.000Z" };
    const { networks } = await enforceFlowLogs(silent, pass);
    expect(networks[0]).toMatchObject({ state: "Silent", action: "restarted" });
    expect(written.map(([, , enabled]) => enabled)).toEqual([false, true]);
    expect(bodies.map(({ retentionDays }) => retentionDays)).toEqual([7, 7]);
  });
});
