import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { blobServiceClient } from "../../../shared/azure/blob-service.ts";
import { JsonBlobs } from "../../../shared/state/blob-state.ts";

/** Takes every connection and never answers, as a machine does that is gone without a word. */
const sockets: Socket[] = [];
const server = createServer((socket) => sockets.push(socket));
let blobs: JsonBlobs;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const key = Buffer.from("key").toString("base64");
  const connectionString = `DefaultEndpointsProtocol=http;AccountName=a;AccountKey=${key};BlobEndpoint=http://127.0.0.1:${port}/a`;
  const service = await blobServiceClient({ connectionString });
  blobs = new JsonBlobs(service.getContainerClient("c"), 200);
});
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

const calls: Readonly<Record<string, () => Promise<unknown>>> = {
  read: () => blobs.read("x"),
  write: () => blobs.write("x", {}, null),
  append: () => blobs.append("x", {}),
  lines: () => blobs.lines("x"),
  list: () => blobs.list("x"),
};

test.each(Object.keys(calls))("%s: storage that never answers is given up", async (call) => {
  await expect(calls[call]?.()).rejects.toThrow(/abort/i);
});
