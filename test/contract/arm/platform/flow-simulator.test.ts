import { randomUUID } from "node:crypto";
import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { azuriteConnectionString } from "../../../../local/stack/azurite.ts";
import { firstSubscription, type LocalAzure, platformSubscription } from "../local-azure.ts";
import { location, rule } from "../network/network-fixture.ts";
import { type StoredAzure, startStoredAzure } from "../stored-azure.ts";
import { makeGroup } from "./resources.ts";

const groupName = "rg-flows";
const network = `/subscriptions/${firstSubscription}/resourceGroups/${groupName}/providers/Microsoft.Network`;
const networkId = `${network}/virtualNetworks/vnet-flows`;
const watcher = ["NetworkWatcherRG", `NetworkWatcher_${location}`] as const;
const flowLogId = `/subscriptions/${firstSubscription}/resourceGroups/${watcher[0]}/providers/Microsoft.Network/networkWatchers/${watcher[1]}/flowLogs/fl-flows`;
const account = `/subscriptions/${platformSubscription}/resourceGroups/rg-platform-logs/providers/Microsoft.Storage/storageAccounts/stflowlogswe`;
const blobContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";

interface Outcome {
  readonly blobs: number;
  readonly records: number;
  readonly tuples: number;
  readonly bytes: number;
  readonly connections: { readonly allowed: number; readonly denied: number };
}
interface FlowRecord {
  readonly time: string;
  readonly flowLogVersion: number;
  readonly macAddress: string;
  readonly flowRecords: {
    readonly flows: readonly {
      readonly aclID: string;
      readonly flowGroups: readonly { readonly rule: string; readonly flowTuples: readonly string[] }[];
    }[];
  };
}

let stored: StoredAzure;
let azure: LocalAzure;
let container: ContainerClient;
let frontAddress: string;
let dataAddress: string;

beforeAll(async () => {
  stored = await startStoredAzure();
  azure = stored.azure;
  const connection = azuriteConnectionString(stored.azurite.addresses, "stflowlogswe");
  container = BlobServiceClient.fromConnectionString(connection).getContainerClient("insights-logs-flowlogflowevent");
  await makeGroup(azure, groupName);
  const client = azure.network();
  const groups = client.applicationSecurityGroups;
  const [front, data] = await Promise.all(
    ["asg-front", "asg-data"].map((name) => groups.createOrUpdate(groupName, name, { location })),
  );
  const guard = await client.networkSecurityGroups.createOrUpdate(groupName, "nsg-data", {
    location,
    securityRules: [
      rule("Allow-Front-to-Data", 100, {
        destinationPortRange: "1433",
        sourceApplicationSecurityGroups: [{ id: front?.id ?? "" }],
        destinationApplicationSecurityGroups: [{ id: data?.id ?? "" }],
        ...noPrefixes,
      }),
      rule("Allow-Storage", 110, { direction: "Outbound", destinationAddressPrefix: "Storage" }),
      rule("DenyAllInbound", 4096, { access: "Deny", protocol: "*", destinationPortRange: "*" }),
    ],
  });
  await client.virtualNetworks.createOrUpdate(groupName, "vnet-flows", {
    location,
    addressSpace: { addressPrefixes: ["10.77.0.0/16"] },
    subnets: [
      { name: "snet-front", addressPrefix: "10.77.0.0/24" },
      { name: "snet-data", addressPrefix: "10.77.1.0/24", networkSecurityGroup: { id: guard.id ?? "" } },
    ],
  });
  const [frontCard, dataCard] = await Promise.all(
    [
      ["front", front],
      ["data", data],
    ].map(([tier, asg]) =>
      client.networkInterfaces.createOrUpdate(groupName, `nic-${tier}`, {
        location,
        ipConfigurations: [
          {
            name: "ip",
            subnet: { id: `${networkId}/subnets/snet-${tier}` },
            applicationSecurityGroups: [{ id: (asg as { id?: string }).id ?? "" }],
          },
        ],
      }),
    ),
  );
  frontAddress = frontCard?.ipConfigurations?.[0]?.privateIPAddress ?? "";
  dataAddress = dataCard?.ipConfigurations?.[0]?.privateIPAddress ?? "";
});
afterAll(() => stored?.stop());

const noPrefixes = { sourceAddressPrefix: "", destinationAddressPrefix: "" };

const simulate = (order: object) => azure.control<Outcome>("POST", "flows", order);
const hourOf = (hour: string) => ({ from: `2026-11-20T${hour}:00:00Z`, to: `2026-11-20T${hour}:30:00Z` });
const toData = { flows: [{ from: "snet-front", to: "snet-data", port: 1433, perHour: 120, bytes: 9000 }] };

async function putFlowLog(change: object = {}): Promise<void> {
  await azure.network().flowLogs.createOrUpdate(watcher[0], watcher[1], "fl-flows", {
    location,
    targetResourceId: networkId,
    storageId: account,
    enabled: true,
    ...change,
  });
}

/** Every record of the blobs below a prefix. */
async function recordsBelow(prefix: string): Promise<FlowRecord[]> {
  const records: FlowRecord[] = [];
  for await (const { name } of container.listBlobsFlat({ prefix })) {
    const text = (await container.getBlobClient(name).downloadToBuffer()).toString("utf8");
    records.push(...(JSON.parse(text) as { records: FlowRecord[] }).records);
  }
  return records;
}

async function bytesBelow(prefix: string): Promise<number> {
  let bytes = 0;
  for await (const { properties } of container.listBlobsFlat({ prefix })) bytes += properties.contentLength ?? 0;
  return bytes;
}

/** Tuples with the rule that decided, as columns. */
function linesOf(records: readonly FlowRecord[]): { rule: string; columns: string[] }[] {
  return records.flatMap(({ flowRecords }) =>
    flowRecords.flows.flatMap(({ flowGroups }) =>
      flowGroups.flatMap(({ rule: name, flowTuples }) =>
        flowTuples.map((tuple) => ({ rule: name, columns: tuple.split(",") })),
      ),
    ),
  );
}

describe("traffic is written only where Azure would write it", () => {
  test("no flow log, one without a right, one that is switched off, one that fell silent", async () => {
    const order = { virtualNetworkId: networkId, ...hourOf("01"), profile: toData };
    await expect(simulate(order)).rejects.toThrow(/409.*No flow log/);
    await putFlowLog();
    await expect(simulate(order)).rejects.toThrow(/409.*takes no shared keys/);
    const name = "id-flows";
    const identity = await azure.identities().userAssignedIdentities.createOrUpdate(groupName, name, { location });
    const userAssignedIdentities = { [identity.id ?? ""]: {} };
    await putFlowLog({ identity: { type: "UserAssigned", userAssignedIdentities } });
    await expect(simulate(order)).rejects.toThrow(/409.*may not write blobs/);
    const assignment = `${account}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
    const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${blobContributor}`;
    const properties = { roleDefinitionId, principalId: identity.principalId, principalType: "ServicePrincipal" };
    await azure.request("PUT", `${assignment}?api-version=2022-04-01`, { properties });
    expect((await simulate(order)).blobs).toBe(2);
    await azure.control("POST", "flows", { stopWriting: flowLogId });
    await expect(simulate(order)).rejects.toThrow(/409.*silent/);
    await putFlowLog({ enabled: false, identity: { type: "UserAssigned", userAssignedIdentities } });
    await expect(simulate(order)).rejects.toThrow(/409.*not enabled/);
    await putFlowLog({ identity: { type: "UserAssigned", userAssignedIdentities } });
    expect((await simulate({ ...order, ...hourOf("02") })).blobs).toBe(2);
  });
});

describe("what is written", () => {
  const prefix = `flowLogResourceID=/${firstSubscription}_NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE_FL-FLOWS/y=2026/m=11/d=20`;

  test("is version 4, a record a minute, at both interfaces, with the rules that decided", async () => {
    const outcome = await simulate({ virtualNetworkId: networkId, ...hourOf("05"), seed: 7, profile: toData });
    expect(outcome.connections).toMatchObject({ denied: 0 });
    const records = await recordsBelow(`${prefix}/h=05/`);
    expect(records).toHaveLength(outcome.records);
    expect(await bytesBelow(`${prefix}/h=05/`)).toBe(outcome.bytes);
    expect(new Set(records.map(({ macAddress }) => macAddress)).size).toBe(2);
    expect(records.every(({ flowLogVersion, time }) => flowLogVersion === 4 && time.startsWith("2026-11-20T05:"))).toBe(
      true,
    );
    const lines = linesOf(records);
    expect(lines).toHaveLength(outcome.tuples);
    expect(lines.every(({ columns }) => columns.length === 13)).toBe(true);
    const told = new Set(
      lines.map(({ rule: name, columns }) => [name, columns[1], columns[2], columns[4], columns[6]].join(" ")),
    );
    expect([...told].sort()).toEqual([
      `Allow-Front-to-Data ${frontAddress} ${dataAddress} 1433 I`,
      `unspecified ${frontAddress} ${dataAddress} 1433 O`,
    ]);
    expect(new Set(lines.map(({ columns }) => columns[7]))).toEqual(new Set(["B", "C", "E"]));
    for (const { columns } of lines) {
      const at = Number(columns[0]);
      expect(at).toBeGreaterThanOrEqual(Date.parse("2026-11-20T05:00:00Z"));
      expect(at).toBeLessThan(Date.parse("2026-11-20T05:30:00Z"));
      if (columns[7] === "B") expect(columns.slice(9)).toEqual(["0", "0", "0", "0"]);
    }
  });

  test("denied traffic names the denying rule, and scans and intruders get nowhere", async () => {
    const outcome = await simulate({
      flowLogId,
      ...hourOf("06"),
      profile: { scans: 20, intruder: { from: "10.99.0.7", to: "snet-data", ports: [3389], perHour: 60 } },
    });
    expect(outcome.connections.denied).toBeGreaterThan(20);
    const denied = linesOf(await recordsBelow(`${prefix}/h=06/`)).filter(({ columns }) => columns[7] === "D");
    expect(new Set(denied.map(({ rule: name }) => name))).toEqual(new Set(["DenyAllInbound"]));
    expect(denied.some(({ columns }) => columns[1] === "10.99.0.7" && columns[4] === "3389")).toBe(true);
  });

  test("leaves by the default rule where no other decides, and by a path of the other layout", async () => {
    const profile = { flows: [{ from: "snet-data", to: "internet", port: 443, perHour: 60, bytes: 4000 }] };
    await simulate({ flowLogId, ...hourOf("07"), layout: "resourceId", profile });
    const long = `flowLogResourceID=${flowLogId.toUpperCase()}/y=2026/m=11/d=20/h=07/`;
    const lines = linesOf(await recordsBelow(long));
    expect(new Set(lines.map(({ rule: name }) => name))).toEqual(new Set(["DefaultRule_AllowInternetOutBound"]));
    expect(await recordsBelow(`${prefix}/h=07/`)).toEqual([]);
  });

  test("is the same for the same seed, in a block a minute or in one piece, and is added to what is there", async () => {
    const order = { flowLogId, profile: toData, seed: 3 };
    await simulate({ ...order, ...hourOf("08") });
    const first = await recordsBelow(`${prefix}/h=08/`);
    for await (const { name } of container.listBlobsFlat({ prefix: `${prefix}/h=08/` })) {
      const { committedBlocks } = await container.getBlockBlobClient(name).getBlockList("committed");
      expect(committedBlocks?.length).toBe(2 + first.filter(({ macAddress }) => name.includes(macAddress)).length);
      await container.deleteBlob(name);
    }
    await simulate({ ...order, ...hourOf("08"), blocks: "hour" });
    expect(await recordsBelow(`${prefix}/h=08/`)).toEqual(first);
    await simulate({ ...order, ...hourOf("08") });
    expect(await recordsBelow(`${prefix}/h=08/`)).toHaveLength(2 * first.length);
  });

  test("states that the flow log does not record are left out", async () => {
    const { identity } = await azure.network().flowLogs.get(watcher[0], watcher[1], "fl-flows");
    await putFlowLog({ identity, recordTypes: "E,D" });
    await simulate({ flowLogId, ...hourOf("09"), profile: toData });
    const lines = linesOf(await recordsBelow(`${prefix}/h=09/`));
    expect(new Set(lines.map(({ columns }) => columns[7]))).toEqual(new Set(["E"]));
    await putFlowLog({ identity });
  });

  test("what cannot be judged or found is refused", async () => {
    const flows = (from: string, to: string) => ({ flows: [{ from, to, port: 443, perHour: 10 }] });
    const order = { flowLogId, ...hourOf("10") };
    await expect(simulate({ ...order, profile: flows("snet-data", "20.60.1.1") })).rejects.toThrow(/501.*Storage/);
    await expect(simulate({ ...order, profile: flows("snet-none", "internet") })).rejects.toThrow(/400.*snet-none/);
    await expect(simulate({ ...order, profile: flows("snet-data", "10.77.1.200") })).rejects.toThrow(/400.*subnet/);
    await expect(simulate({ ...order, to: order.from, profile: {} })).rejects.toThrow("400");
    await expect(simulate({ ...hourOf("10"), profile: {} })).rejects.toThrow(/400.*virtualNetworkId or flowLogId/);
    await expect(simulate({ ...order, profile: { floods: 1 } })).rejects.toThrow("400");
  });
});
