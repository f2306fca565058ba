import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blobContainerId, storageQueueId } from "../../../../local/arm/platform/storage/storage-parts.ts";
import { type LocalAzure, startLocalAzure } from "../local-azure.ts";
import { type Document, makeGroup, makeStorageAccount, putResource, storageApi } from "./resources.ts";

let azure: LocalAzure;
let account: string;
beforeAll(async () => {
  azure = await startLocalAzure();
  account = await makeStorageAccount(azure, await makeGroup(azure, "rg-parts"), "stparts");
});
afterAll(() => azure.stop());

const call = (method: string, id: string, body?: unknown) =>
  azure.request(method, `${id}?api-version=${storageApi}`, body);

describe.each([
  ["queue", storageQueueId],
  ["container", blobContainerId],
])("a %s", (_kind, idOf) => {
  test("is created, read, listed and deleted, and goes with its account", async () => {
    const id = idOf(account, "changes");
    await putResource(azure, id, storageApi, { properties: { metadata: { owner: "operations" } } });
    expect((await call("GET", id)).body).toMatchObject({
      name: "changes",
      properties: { metadata: { owner: "operations" } },
    });
    const { body } = await call("GET", id.slice(0, id.lastIndexOf("/")));
    expect((body as { value: Document[] }).value.map(({ name }) => name)).toEqual(["changes"]);
    await call("DELETE", id);
    expect((await call("GET", id)).status).toBe(404);

    const other = await makeStorageAccount(azure, await makeGroup(azure, "rg-parts-other"), "stpartsother");
    await putResource(azure, idOf(other, "changes"), storageApi, { properties: {} });
    await call("DELETE", other);
    expect((await call("GET", idOf(other, "changes"))).status).toBe(404);
  });

  test("is refused in an account that does not stand, under a wrong name, and with what is not modelled", async () => {
    expect((await call("PUT", idOf(`${account}none`, "changes"), { properties: {} })).status).toBe(404);
    expect((await call("PUT", idOf(account, "two--hyphens"), { properties: {} })).status).toBe(400);
    expect((await call("PUT", idOf(account, "changes"), { properties: { publicAccess: "Blob" } })).status).toBe(400);
  });
});
