import { describe, expect, it } from "vitest";
import { storageRights } from "../../../local/arm/storage-data/storage-operation.ts";
import { parseStorageUrl, type StorageUrl, storageEndpoint } from "../../../local/arm/storage-data/storage-url.ts";

function url(path: string): StorageUrl {
  const { segments, ...found } = parseStorageUrl(path) ?? { segments: undefined };
  if (segments === undefined || !("account" in found)) throw new Error(`${path} is no plain URL of Storage`);
  return { ...found, segments };
}
const rights = (method: string, path: string, copies = false) =>
  storageRights(url(path), method, copies)?.map(({ action, kind }) => `${kind} ${action}`);

describe("a URL of a storage account", () => {
  it("begins with one segment, and the rest is its container and blob", () => {
    expect(storageEndpoint("https://127.0.0.1:1", "stone", "blob")).toBe("https://127.0.0.1:1/_blob.stone/");
    expect(url("/_blob.stone/logs/y%3D1/a.json?comp=block").segments).toEqual(["logs", "y=1/a.json"]);
    expect(url("/_blob.stone/?comp=list").segments).toEqual([]);
    expect(url("/_queue.stone/letters/messages?peekonly=true").segments).toEqual(["letters", "messages"]);
  });

  it.each(["/subscriptions/x", "/_blob.STONE/x", "/_file.stone/x", "/_blob./x"])("is not %s", (path) => {
    expect(parseStorageUrl(path)).toBeUndefined();
  });

  it.each([
    "/_blob.stone/../other/x",
    "/_blob.stone/a/../b",
    "/_blob.stone/a/x%5C..%5Cy",
    "/_blob.stone/a%2Fb/x",
    "/_blob.stone/A/x",
    "/_blob.stone/a/%E0%A4%A",
    "/_blob.stone/a?restype=container&comp=list&comp=acl",
  ])("has no meaning as %s", (path) => {
    expect(parseStorageUrl(path)?.segments).toBeUndefined();
  });
});

describe("the rights of an operation", () => {
  it.each([
    ["GET", "/_blob.stone/?comp=list", ["action blobServices/containers/read"]],
    [
      "GET",
      "/_blob.stone/logs?restype=container&comp=list&prefix=a",
      ["dataAction blobServices/containers/blobs/read"],
    ],
    ["HEAD", "/_blob.stone/logs/a", ["dataAction blobServices/containers/blobs/read"]],
    ["PUT", "/_blob.stone/logs/a?comp=block&blockid=x", ["dataAction blobServices/containers/blobs/write"]],
    ["DELETE", "/_blob.stone/logs/a", ["dataAction blobServices/containers/blobs/delete"]],
    ["GET", "/_queue.stone/letters/messages", ["dataAction queueServices/queues/messages/process/action"]],
    ["GET", "/_queue.stone/letters/messages?peekonly=true", ["dataAction queueServices/queues/messages/read"]],
    ["DELETE", "/_queue.stone/letters", ["action queueServices/queues/delete"]],
  ])("%s %s", (method, path, expected) => {
    expect(rights(method, path)).toEqual(expected);
  });

  it.each([
    ["PUT", "/_blob.stone/logs?restype=container&comp=acl", false],
    ["POST", "/_blob.stone/?comp=batch", false],
    ["PUT", "/_blob.stone/logs/a", true],
    ["PUT", "/_blob.stone/logs/a?comp=tier", false],
  ])("are unknown for %s %s (copy: %s): not modelled", (method, path, copies) => {
    expect(rights(method, path, copies)).toBeUndefined();
  });
});
