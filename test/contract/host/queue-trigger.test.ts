import { type QueueClient, QueueServiceClient } from "@azure/storage-queue";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type AzuriteProcess, startAzurite } from "../state/azurite-process.ts";
import { until } from "./durable-calls.ts";
import { type HostProcess, startHostProcess } from "./host-process.ts";

interface Seen {
  readonly seen: readonly { entry?: unknown; poison?: unknown; metadata?: Record<string, unknown> }[];
  readonly mostAtOnce: number;
}

let azurite: AzuriteProcess;
let service: QueueServiceClient;
let host: HostProcess | undefined;
beforeAll(async () => {
  azurite = await startAzurite();
  service = QueueServiceClient.fromConnectionString(azurite.connectionString);
});
afterEach(async () => {
  if (host !== undefined) expect(await host.stop()).toBe(0);
  host = undefined;
});
afterAll(() => azurite?.stop());

async function startOn(queueName: string): Promise<{ readonly queue: QueueClient; readonly poison: QueueClient }> {
  const environment = { QUEUE_NAME: queueName, AzureWebJobsMessages: azurite.connectionString };
  host = await startHostProcess({ fixture: "queue", environment });
  return { queue: service.getQueueClient(queueName), poison: service.getQueueClient(`${queueName}-poison`) };
}
const seen = async (): Promise<Seen> => (await (await fetch(`${host?.url}/api/seen`)).json()) as Seen;
const encoded = (value: unknown) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64");
const isEmpty = async (queue: QueueClient) => (await queue.getProperties()).approximateMessagesCount === 0;

describe("a queue function", () => {
  it("waits for its queue, is given each message with its metadata, and takes it out", async () => {
    const { queue } = await startOn("letters");
    expect(await queue.exists()).toBe(false);
    await queue.create();
    const { messageId } = await queue.sendMessage(encoded({ subject: "ä" }));
    const { seen: all } = await until(seen, (value) => value.seen.length === 1);
    expect(all[0]?.entry).toEqual({ subject: "ä" });
    expect(all[0]?.metadata).toMatchObject({
      id: messageId,
      dequeueCount: 1,
      queueTrigger: { subject: "ä" },
      insertionTime: expect.anything(),
      popReceipt: expect.any(String),
    });
    await until(
      () => isEmpty(queue),
      (empty) => empty,
    );
  });

  it("is given a message again after a failure, and in the end the poison queue gets it", async () => {
    const { queue, poison } = await startOn("failing");
    await queue.create();
    await queue.sendMessage(encoded("fail"));
    const { seen: all } = await until(seen, (value) => value.seen.some((one) => one.poison !== undefined));
    expect(all.filter(({ entry }) => entry === "fail").map(({ metadata }) => metadata?.dequeueCount)).toEqual([
      1, 2, 3,
    ]);
    expect(all.at(-1)?.poison).toBe("fail");
    expect(await isEmpty(queue)).toBe(true);
    await until(
      () => isEmpty(poison),
      (empty) => empty,
    );
  });

  it("never sees what is not encoded as host.json says", async () => {
    const { queue, poison } = await startOn("plain");
    await queue.create();
    await queue.sendMessage("not base64!");
    await until(
      async () => host?.log() ?? "",
      (log) => log.includes("is not Base64"),
    );
    await until(
      () => poison.exists(),
      (exists) => exists,
    );
    await until(
      () => isEmpty(queue),
      (empty) => empty,
    );
    expect((await seen()).seen.filter(({ entry }) => entry !== undefined)).toEqual([]);
  });

  it("runs several messages at once, as many as host.json allows", async () => {
    const { queue } = await startOn("many");
    await queue.create();
    for (let index = 0; index < 24; index += 1) await queue.sendMessage(encoded(`n${index}`));
    const { seen: all, mostAtOnce } = await until(seen, (value) => value.seen.length >= 24);
    expect(new Set(all.map(({ entry }) => entry)).size).toBe(24);
    expect(mostAtOnce).toBeGreaterThan(1);
    expect(mostAtOnce).toBeLessThanOrEqual(6);
  });

  it("ends what it has begun before the host stops", async () => {
    const { queue } = await startOn("ending");
    await queue.create();
    await queue.sendMessage(encoded("slow"));
    await until(seen, (value) => value.seen.length === 1);
    expect(await host?.stop()).toBe(0);
    host = undefined;
    expect(await isEmpty(queue)).toBe(true);
  });

  it("runs on demand", async () => {
    await startOn("unused");
    // Long enough for many polls of an empty queue.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(host?.log()).not.toContain("Warning");
    const body = JSON.stringify({ input: { subject: "by hand" } });
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${host?.url}/admin/functions/onMessage`, { method: "POST", body, headers });
    expect(answer.status).toBe(202);
    const { seen: all } = await until(seen, (value) => value.seen.length === 1);
    expect(all[0]?.entry).toEqual({ subject: "by hand" });
  });
});

describe("a queue function's connection", () => {
  it.each([
    [{ QUEUE_NAME: "Bad_Name", Messages: "x" }, '\\"Bad_Name\\" is no name of a queue'],
    [{ QUEUE_NAME: "letters" }, 'the setting \\"Messages\\" of the connection is missing'],
    [
      { QUEUE_NAME: "letters", Messages__queueServiceUri: "https://st.queue.core.windows.net" },
      "this host takes connection strings",
    ],
  ])("that cannot be resolved ends the host: %j", async (environment, reason) => {
    await expect(startHostProcess({ fixture: "queue", environment })).rejects.toThrow(reason);
  });
});
