import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, expect, test } from "vitest";
import { flowLogBlobs } from "../../../shared/azure/flow-log-blobs.ts";
import { RefusedError } from "../../../shared/domain/errors.ts";
import { reduceFlowRecords } from "../../../shared/hardening/reduce-flow-records.ts";
import { appPrincipal, firstSubscription, platformSubscription } from "../arm/local-azure.ts";
import { makeGroup, makeInterface, makeVirtualNetwork, storageApi } from "../arm/platform/resources.ts";
import { type StoredAzure, startStoredAzure } from "../arm/stored-azure.ts";
import { attemptOnce } from "./attempt-once.ts";

const account = `/subscriptions/${platformSubscription}/resourceGroups/rg-platform-logs/providers/Microsoft.Storage/storageAccounts/stflowlogswe`;
const flowLogId = `/subscriptions/${firstSubscription}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope/flowLogs/fl-simulated`;
const window = { from: Date.parse("2026-11-20T00:00:00Z"), to: Date.parse("2026-11-20T03:00:00Z") };

let stored: StoredAzure;
let blobEndpoint: string;

beforeAll(async () => {
  stored = await startStoredAzure();
  const { azure } = stored;
  const group = await makeGroup(azure, "rg-simulated");
  const network = await makeVirtualNetwork(azure, group, "vnet-simulated");
  for (const subnet of ["a", "b"]) await makeInterface(azure, group, `nic-${subnet}`, `${network}/subnets/${subnet}`);
  const change = { properties: { allowSharedKeyAccess: true } };
  const changed = await azure.request("PATCH", `${account}?api-version=${storageApi}`, change);
  blobEndpoint = (changed.body as { properties: { primaryEndpoints: { blob: string } } }).properties.primaryEndpoints
    .blob;
  await azure.network().flowLogs.createOrUpdate("NetworkWatcherRG", "NetworkWatcher_westeurope", "fl-simulated", {
    location: "westeurope",
    targetResourceId: network,
    storageId: account,
    enabled: true,
  });
});
afterAll(() => stored?.stop());

/** The reader, as a principal of local Azure. */
function readerOf(principalId: string) {
  const credential = stored.azure.credential(principalId);
  return flowLogBlobs({ attempt: attemptOnce }, async (endpoint) => new BlobServiceClient(endpoint, credential));
}

test.each(["short", "resourceId"] as const)(
  "simulated traffic in the %s layout is read by the app's identity and understood to the last tuple",
  async (layout) => {
    const simulated = await stored.azure.control<{
      blobs: number;
      tuples: number;
      connections: { allowed: number };
    }>("POST", "flows", {
      flowLogId,
      from: new Date(window.from).toISOString(),
      to: new Date(window.to).toISOString(),
      seed: layout.length,
      layout,
      blocks: "hour",
      profile: { flows: [{ from: "a", to: "b", port: 1433, perHour: 40, bytes: 8000 }], scans: 2 },
    });
    const reader = readerOf(appPrincipal);
    const storage = { flowLogId, blobEndpoint };
    const folder = layout === "short" ? "_NETWORKWATCHERRG/" : "/RESOURCEGROUPS/";
    const blobs = (await reader.list(storage, window.from, window.to)).filter(({ name }) => name.includes(folder));
    expect(blobs).toHaveLength(simulated.blobs);
    const reduction = reduceFlowRecords({ window });
    for (const blob of blobs) {
      reduction.begin(blob.name);
      for await (const chunk of reader.read(storage, blob)) reduction.push(chunk);
      reduction.end();
    }
    const { flows, samples, counts } = reduction.result();
    expect(samples).toEqual([]);
    expect(counts).toMatchObject({ blobs: simulated.blobs, tuples: simulated.tuples, tuplesOutsideWindow: 0 });
    const toB = flows.filter(({ destinationPort, direction }) => destinationPort === 1433 && direction === "Outbound");
    expect(toB.length).toBeGreaterThan(0);
    expect(toB.every(({ allowed }) => allowed)).toBe(true);
    expect((await reader.newest(storage, window.to))?.hour).toBe(window.to - 3_600_000);
  },
);

test("who holds no role on the store reads nothing", async () => {
  const stranger = readerOf("77777777-7777-4777-8777-000000000003");
  const refused = await stranger.list({ flowLogId, blobEndpoint }, window.from, window.to).catch((error) => error);
  expect(refused).toBeInstanceOf(RefusedError);
  expect(refused).toMatchObject({ failure: { code: "AuthorizationPermissionMismatch" } });
});
