import type { BlobServiceClient } from "@azure/storage-blob";
import { expect, test } from "vitest";
import { flowLogBlobs } from "../../../shared/azure/flow-log-blobs.ts";

const flowLogId =
  "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/w/flowLogs/fl";
const now = Date.parse("2026-11-27T10:30:00Z");

/** Blobs of 27 November, by their hour and when they were written last. */
function storageWith(blobs: readonly (readonly [hour: string, lastModified: string])[]): BlobServiceClient {
  const listBlobsFlat = async function* ({ prefix }: { prefix: string }) {
    for (const [hour, lastModified] of blobs) {
      const name = `${prefix}h=${hour}/m=00/macAddress=A1/PT1H.json`;
      if (prefix.includes("/y=2026/m=11/d=27/")) {
        yield { name, properties: { contentLength: 2, lastModified: new Date(lastModified) } };
      }
    }
  };
  const listBlobsByHierarchy = async function* () {};
  return { getContainerClient: () => ({ listBlobsFlat, listBlobsByHierarchy }) } as unknown as BlobServiceClient;
}

const newest = (storage: BlobServiceClient) =>
  flowLogBlobs({ attempt: (_id, ask) => ask() }, async () => storage).newest(
    { flowLogId, blobEndpoint: "https://logs.example/" },
    now,
  );

test("a blob of an hour that has not begun hides none that was really written", async () => {
  const real = ["09", "2026-11-27T10:00:30Z"] as const;
  const forged = ["23", "2026-11-27T00:01:00Z"] as const;
  expect((await newest(storageWith([forged, real])))?.hour).toBe(Date.parse("2026-11-27T09:00:00Z"));
  expect((await newest(storageWith([real, forged])))?.hour).toBe(Date.parse("2026-11-27T09:00:00Z"));
});

test("an old blob that was touched again is no newer than its hour", async () => {
  const touched = ["03", "2026-11-27T10:29:00Z"] as const;
  expect((await newest(storageWith([touched, ["10", "2026-11-27T10:20:00Z"]])))?.hour).toBe(
    Date.parse("2026-11-27T10:00:00Z"),
  );
});
