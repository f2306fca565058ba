import { randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
import { ManagedIdentityCredential } from "@azure/identity";
import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import { QueueServiceClient } from "@azure/storage-queue";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { httpsCall } from "../https-call.ts";
import { type LocalAzure, platformSubscription, startLocalAzure } from "../local-azure.ts";
import { type StoredAzure, startStoredAzure } from "../stored-azure.ts";
import { storageApi } from "./resources.ts";

const logs = `/subscriptions/${platformSubscription}/resourceGroups/rg-platform-logs`;
const idOf = (name: string) => `${logs}/providers/Microsoft.Storage/storageAccounts/${name}`;
const writer = "77777777-7777-4777-8777-000000000002";
const stranger = "77777777-7777-4777-8777-000000000003";
const blobContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
const audience = "https://storage.azure.com";
const queueContributor = "974c5e8b-45b9-4653-ba55-5f855dd0fb88";

let stored: StoredAzure;
let azure: LocalAzure;
let blobs: string;
let queues: string;

beforeAll(async () => {
  stored = await startStoredAzure();
  azure = stored.azure;
  const account = await azure.request("GET", `${idOf("stflowlogswe")}?api-version=${storageApi}`);
  const { primaryEndpoints } = (account.body as { properties: { primaryEndpoints: { blob: string; queue: string } } })
    .properties;
  blobs = primaryEndpoints.blob;
  queues = primaryEndpoints.queue;
  await assign(idOf("stflowlogswe"), blobContributor, writer);
  await assign(idOf("stflowlogswe"), queueContributor, writer);
  process.env.IDENTITY_ENDPOINT = String(azure.ready.identityEndpoint);
  process.env.IDENTITY_HEADER = String(azure.ready.identityHeader);
});
afterAll(() => stored?.stop());

async function assign(scope: string, role: string, principalId: string): Promise<void> {
  const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
  const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  const properties = { roleDefinitionId, principalId, principalType: "User" };
  const answer = await azure.request("PUT", `${id}?api-version=2022-04-01`, { properties });
  expect(answer.status, answer.text).toBe(201);
}

const clientOf = (principalId?: string) =>
  new BlobServiceClient(blobs, azure.credential(principalId), { retryOptions: { maxTries: 1 } });
const asApp = () =>
  new BlobServiceClient(blobs, new ManagedIdentityCredential({ clientId: "44444444-4444-4444-4444-444444444444" }), {
    retryOptions: { maxTries: 1 },
  });

async function names(items: AsyncIterable<{ name: string }>): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of items) found.push(name);
  return found;
}

describe("blobs of a storage account", () => {
  test("are written by who may, and read by the app's identity: by prefix, by hierarchy, in ranges", async () => {
    const container = clientOf(writer).getContainerClient("insights-logs-flowlogflowevent");
    await container.create();
    for (const name of ["a/h=01/PT1H.json", "a/h=02/PT1H.json", "b/h=01/PT1H.json"]) {
      await container.getBlockBlobClient(name).upload("0123456789", 10);
    }
    const seen = asApp().getContainerClient("insights-logs-flowlogflowevent");
    expect(seen.containerName).toBe("insights-logs-flowlogflowevent");
    expect(await names(seen.listBlobsFlat({ prefix: "a/" }))).toEqual(["a/h=01/PT1H.json", "a/h=02/PT1H.json"]);
    expect(await names(seen.listBlobsByHierarchy("/"))).toEqual(["a/", "b/"]);
    const { readableStreamBody } = await seen.getBlobClient("b/h=01/PT1H.json").download(3, 4);
    expect(readableStreamBody && (await text(readableStreamBody))).toBe("3456");
    await expect(seen.getBlockBlobClient("c").upload("x", 1)).rejects.toMatchObject({
      statusCode: 403,
      code: "AuthorizationPermissionMismatch",
    });
    await expect(seen.getBlobClient("a/h=01/PT1H.json").delete()).rejects.toMatchObject({ statusCode: 403 });
    await expect(seen.getBlobClient("missing").download()).rejects.toMatchObject({ code: "BlobNotFound" });
  });

  test("large ones stream both ways", async () => {
    const container = clientOf(writer).getContainerClient("large");
    await container.create();
    const content = Buffer.alloc(24 * 1024 * 1024, "flow");
    await container.getBlockBlobClient("one").uploadData(content, { blockSize: 8 * 1024 * 1024 });
    expect((await container.getBlobClient("one").downloadToBuffer()).equals(content)).toBe(true);
  });

  test("are closed to the subscription's owner and to strangers: management gives no data", async () => {
    for (const principal of [undefined, stranger]) {
      const list = names(clientOf(principal).getContainerClient("large").listBlobsFlat());
      await expect(list).rejects.toMatchObject({ statusCode: 403, code: "AuthorizationPermissionMismatch" });
    }
  });

  test.each([
    ["no credential", {}, 401, "NoAuthenticationInformation"],
    ["a token for Resource Manager", { resource: "https://management.azure.com" }, 401, "InvalidAuthenticationInfo"],
    ["what is no token", { authorization: "Bearer nothing" }, 401, "InvalidAuthenticationInfo"],
  ])("refuse %s", async (_what, { resource, authorization: given }: Record<string, string>, status, code) => {
    const authorization = resource === undefined ? given : `Bearer ${await azure.token(writer, resource)}`;
    const answer = await httpsCall(`${blobs}large?restype=container&comp=list`, azure.ca, {
      headers: { "x-ms-version": "2025-01-05", ...(authorization === undefined ? {} : { authorization }) },
    });
    expect([answer.status, answer.headers["x-ms-error-code"]]).toEqual([status, code]);
    expect(answer.text).toContain(`<Code>${code}</Code>`);
  });

  test.each([
    "large/../insights-logs-flowlogflowevent/x",
    "large%2Fx/y",
    "%2e%2e/large/one",
    "large/a/%2e%2e/%2e%2e/other/x",
  ])("are not reached by the path %s, which two readers may understand differently", async (path) => {
    const headers = { "x-ms-version": "2025-01-05", authorization: `Bearer ${await azure.token(writer, audience)}` };
    const answer = await httpsCall(`${blobs}${path}`, azure.ca, { headers });
    expect([answer.status, answer.headers["x-ms-error-code"]]).toEqual([400, "InvalidUri"]);
  });

  test("take no key where the account forbids it, and none at local Azure's address elsewhere", async () => {
    const withKey = (address: string) =>
      new BlobServiceClient(address, new StorageSharedKeyCredential("stflowlogswe", "c2VjcmV0"), {
        retryOptions: { maxTries: 1 },
      });
    await expect(names(withKey(blobs).listContainers())).rejects.toMatchObject({
      statusCode: 403,
      code: "KeyBasedAuthenticationNotPermitted",
    });
    const open = blobs.replace("stflowlogswe", "stflowlogsne");
    await expect(names(withKey(open).listContainers())).rejects.toMatchObject({ statusCode: 501 });
  });

  test("operations that are not modelled are refused loudly, and every call is on record", async () => {
    const acl = clientOf(writer).getContainerClient("large").getAccessPolicy();
    await expect(acl).rejects.toMatchObject({ statusCode: 501, code: "NotImplementedByLocalAzure" });
    const { value } = await azure.control<{ value: { url: string; action: string; caller: string }[] }>(
      "GET",
      "requests",
    );
    const listing = value.find(({ url }) => url.includes("insights-logs-flowlogflowevent?") && url.includes("prefix"));
    expect(listing).toMatchObject({
      action: "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
      caller: "55555555-5555-5555-5555-555555555555",
    });
  });

  test("faults speak Storage's language", async () => {
    const order = { match: { pathRegex: "^/_blob" }, kind: "503", times: 1 };
    await azure.control("POST", "faults", order);
    const list = () => names(clientOf(writer).getContainerClient("large").listBlobsFlat());
    await expect(list()).rejects.toMatchObject({ statusCode: 503, code: "ServerBusy" });
    expect(await list()).toEqual(["one"]);
  });
});

test("queues are read and written by who may", async () => {
  const queue = new QueueServiceClient(queues, azure.credential(writer)).getQueueClient("letters");
  await queue.create();
  await queue.sendMessage("one");
  const { receivedMessageItems: received } = await queue.receiveMessages();
  expect(received.map(({ messageText }) => messageText)).toEqual(["one"]);
  for (const { messageId, popReceipt } of received) await queue.deleteMessage(messageId, popReceipt);
  const other = new QueueServiceClient(queues, azure.credential(stranger)).getQueueClient("letters");
  await expect(other.sendMessage("two")).rejects.toMatchObject({ code: "AuthorizationPermissionMismatch" });
});

test("without storage behind them accounts keep Azure's addresses, and their data is refused", async () => {
  await using alone = await startLocalAzure();
  const account = await alone.request("GET", `${idOf("stflowlogswe")}?api-version=${storageApi}`);
  expect(account.text).toContain("https://stflowlogswe.blob.core.windows.net/");
  const answer = await httpsCall(`${alone.url}/_blob.stflowlogswe/?comp=list`, alone.ca);
  expect([answer.status, answer.headers["x-ms-error-code"]]).toEqual([501, "NotImplementedByLocalAzure"]);
  const unknown = await httpsCall(`${alone.url}/_blob.stnobody/?comp=list`, alone.ca);
  expect(unknown.status).toBe(404);
});
