import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, expect, test } from "vitest";
import { flowLogBlobs } from "../../../shared/azure/flow-log-blobs.ts";
import type { FlowLogStorage } from "../../../shared/azure/flow-log-blobs-port.ts";
import { RefusedError, TransientError } from "../../../shared/domain/errors.ts";
import { type AzuriteProcess, startAzurite } from "../state/azurite-process.ts";
import { attemptOnce } from "./attempt-once.ts";

const watcher =
  "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope";
const hour = (day: number, of: number) => Date.UTC(2026, 7, day, of);

let azurite: AzuriteProcess;
let service: BlobServiceClient;

beforeAll(async () => {
  azurite = await startAzurite();
  service = BlobServiceClient.fromConnectionString(azurite.connectionString);
});
afterAll(() => azurite.stop());

const port = () => flowLogBlobs({ attempt: attemptOnce }, async () => service);
const log = (name: string): FlowLogStorage => ({ flowLogId: `${watcher}/flowLogs/${name}`, blobEndpoint: service.url });

async function write(folder: string, day: number, of: number, mac: string, text = "{}"): Promise<void> {
  const container = service.getContainerClient("insights-logs-flowlogflowevent");
  await container.createIfNotExists();
  const two = (value: number) => String(value).padStart(2, "0");
  const name = `flowLogResourceID=${folder}/y=2026/m=08/d=${two(day)}/h=${two(of)}/m=00/macAddress=${mac}/PT1H.json`;
  await container.getBlockBlobClient(name).upload(text, Buffer.byteLength(text));
}

const short = (name: string) =>
  `/11111111-1111-1111-1111-111111111111_NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE_${name}`;

test("where nothing was ever written there is nothing", async () => {
  expect(await port().list(log("fl-none"), hour(1, 0), hour(31, 0))).toEqual([]);
  expect(await port().newest(log("fl-none"), hour(29, 10))).toBeNull();
});

test("blobs between two times are found in both documented layouts, by hour, and nothing else is", async () => {
  const byId = `${watcher}/flowLogs/fl-a`.toUpperCase();
  await write(byId, 28, 23, "00224871C205");
  await write(short("FL-A"), 29, 0, "00224871C205");
  await write(short("FL-A"), 29, 0, "00224871C206");
  await write(short("FL-A"), 29, 1, "00224871C205");
  await write(short("FL-AB"), 29, 0, "00224871C205");
  const found = await port().list(log("fl-a"), hour(28, 23) + 1000, hour(29, 1));
  expect(found.map((blob) => [blob.hour, blob.macAddress, blob.bytes])).toEqual([
    [hour(28, 23), "00224871C205", 2],
    [hour(29, 0), "00224871C205", 2],
    [hour(29, 0), "00224871C206", 2],
  ]);
  const month = await port().list(log("fl-a"), hour(1, 0), hour(31, 0));
  expect(month).toHaveLength(4);
});

test("the newest blob is found today, yesterday, and where the log has been silent for long", async () => {
  await write(short("FL-B"), 3, 5, "A1");
  await write(short("FL-B"), 12, 22, "A1");
  await write(short("FL-B"), 12, 23, "A1");
  for (const now of [hour(12, 23), hour(13, 2), hour(31, 1), Date.UTC(2030, 0, 1)]) {
    const newest = await port().newest(log("fl-b"), now);
    expect(newest).toMatchObject({ hour: hour(12, 23), macAddress: "A1" });
    expect(Math.abs((newest?.lastModified ?? 0) - Date.now())).toBeLessThan(600_000);
  }
});

test("a blob is read as it was written", async () => {
  const text = `{"records":[${Array.from({ length: 40_000 }, (_, index) => `{"time":"${index}"}`).join(",")}]}`;
  await write(short("FL-C"), 29, 10, "A1", text);
  const [blob] = await port().list(log("fl-c"), hour(29, 10), hour(29, 11));
  if (blob === undefined) throw new Error("the blob was written");
  const chunks: Uint8Array[] = [];
  for await (const chunk of port().read(log("fl-c"), blob)) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe(text);
});

test("refusals are told about the flow log, without keys, and a lost connection passes", async () => {
  const key = Buffer.from("not the key").toString("base64");
  const strange = BlobServiceClient.fromConnectionString(
    azurite.connectionString.replace(/AccountKey=[^;]+/, `AccountKey=${key}`),
  );
  const refused = await flowLogBlobs({ attempt: attemptOnce }, async () => strange)
    .list(log("fl-a"), hour(28, 0), hour(29, 0))
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(RefusedError);
  expect((refused as RefusedError).failure.resourceId).toBe(log("fl-a").flowLogId);
  expect(JSON.stringify((refused as RefusedError).failure)).not.toContain(key);

  const gone = new BlobServiceClient("http://127.0.0.1:9/gone", undefined, { retryOptions: { maxTries: 1 } });
  const lost = await flowLogBlobs({ attempt: attemptOnce }, async () => gone)
    .newest(log("fl-a"), hour(29, 0))
    .catch((error: unknown) => error);
  expect(lost).toBeInstanceOf(TransientError);

  await expect(port().list({ ...log("x"), flowLogId: "/subscriptions/x/../y" }, 0, 1)).rejects.toMatchObject({
    failure: { code: "InvalidResourceId" },
  });
});

test("a blob that is gone when it is read is refused", async () => {
  await write(short("FL-D"), 29, 10, "A1");
  const [blob] = await port().list(log("fl-d"), hour(29, 10), hour(29, 11));
  if (blob === undefined) throw new Error("the blob was written");
  await service.getContainerClient("insights-logs-flowlogflowevent").deleteBlob(blob.name);
  const read = async () => {
    for await (const _ of port().read(log("fl-d"), blob));
  };
  await expect(read()).rejects.toMatchObject({ failure: { code: "BlobNotFound", resourceId: log("fl-d").flowLogId } });
});
