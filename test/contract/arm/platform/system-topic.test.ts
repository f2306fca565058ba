import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firstSubscription, type LocalAzure, platformSubscription, startLocalAzure } from "../local-azure.ts";
import { codeOf, type Document, makeGroup, makeStorageAccount, putResource } from "./resources.ts";

const api = "2022-06-15";
let azure: LocalAzure;
let group: string;
let account: string;
beforeAll(async () => {
  azure = await startLocalAzure();
  group = await makeGroup(azure, "rg-events");
  account = await makeStorageAccount(azure, group, "stevents");
});
afterAll(() => azure.stop());

const idOf = (name: string) => `${group}/providers/Microsoft.EventGrid/systemTopics/${name}`;
const call = (method: string, id: string, body?: unknown) => azure.request(method, `${id}?api-version=${api}`, body);
const topic = (source: string, change: object = {}) => ({
  location: "global",
  properties: { source, topicType: "Microsoft.Resources.Subscriptions" },
  ...change,
});
const queue = () => ({ endpointType: "StorageQueue", properties: { resourceId: account, queueName: "changes" } });

describe("a system topic", () => {
  test("is created, read, listed and deleted, and a source has only one", async () => {
    const source = `/subscriptions/${firstSubscription}`;
    const made = await putResource(azure, idOf("evgt-one"), api, topic(source));
    expect(made).toMatchObject({ location: "global", properties: { source } });
    expect(made.properties.metricResourceId).toMatch(/^[0-9a-f-]{36}$/);
    for (const scope of [group, source]) {
      const { body } = await call("GET", `${scope}/providers/Microsoft.EventGrid/systemTopics`);
      expect((body as { value: Document[] }).value.map(({ name }) => name)).toContain("evgt-one");
    }
    const second = await call("PUT", idOf("evgt-two"), topic(source.toUpperCase()));
    expect([second.status, codeOf(second.body)]).toEqual([400, "InvalidRequest"]);
    expect(second.text).toContain("Only one system topic is allowed per source.");
    const moved = await call("PUT", idOf("evgt-one"), topic(`/subscriptions/${platformSubscription}`));
    expect(moved.status).toBe(400);
    await call("DELETE", idOf("evgt-one"));
    await expect.poll(async () => (await call("GET", idOf("evgt-one"))).status).toBe(404);
  });

  test.each([
    ["a source of another type", topic("$account"), 400],
    ["no source", topic(""), 400],
    [
      "a wrong location",
      topic("$group", {
        location: "westeurope",
        properties: { source: "$group", topicType: "Microsoft.Resources.ResourceGroups" },
      }),
      400,
    ],
    [
      "an unknown topic type",
      topic("$group", { properties: { source: "$group", topicType: "Microsoft.Weather" } }),
      400,
    ],
    ["a user-assigned identity", topic("/subscriptions/$other", { identity: { type: "UserAssigned" } }), 501],
  ])("is refused with %s", async (_what, body, status) => {
    const text = JSON.stringify(body)
      .replaceAll("$account", account)
      .replaceAll("$group", group)
      .replace("$other", platformSubscription);
    expect((await call("PUT", idOf("evgt-wrong"), JSON.parse(text))).status).toBe(status);
  });
});

describe("an event subscription", () => {
  test("sends to a queue, with the topic's identity only where it has one", async () => {
    const source = { source: group, topicType: "Microsoft.Resources.ResourceGroups" };
    const plain = { location: "global", properties: source };
    await putResource(azure, idOf("evgt-queue"), api, plain);
    const id = `${idOf("evgt-queue")}/eventSubscriptions/to-queue`;
    const made = await putResource(azure, id, api, { properties: { destination: queue() } });
    expect(made.properties).toMatchObject({ topic: group, retryPolicy: { maxDeliveryAttempts: 30 } });
    const list = await call("GET", `${idOf("evgt-queue")}/eventSubscriptions`);
    expect((list.body as { value: Document[] }).value).toHaveLength(1);
    const identity = { identity: { type: "SystemAssigned" }, destination: queue() };
    const delivery = { properties: { deliveryWithResourceIdentity: identity } };
    expect((await call("PUT", id, delivery)).status).toBe(400);
    const own = await putResource(azure, idOf("evgt-queue"), api, { ...plain, identity: { type: "SystemAssigned" } });
    expect((own as Document & { identity: { principalId: string } }).identity.principalId).toMatch(/^[0-9a-f-]{36}$/);
    await putResource(azure, id, api, delivery);
    await call("DELETE", id);
    await expect.poll(async () => (await call("GET", id)).status).toBe(404);
  });

  test("is refused below a missing topic, to a missing account and to what is not modelled", async () => {
    const orphan = await call("PUT", `${idOf("evgt-none")}/eventSubscriptions/sub`, {
      properties: { destination: queue() },
    });
    expect(orphan.status).toBe(404);
    await putResource(azure, idOf("evgt-refused"), api, topic(`/subscriptions/${platformSubscription}`));
    const id = `${idOf("evgt-refused")}/eventSubscriptions/sub`;
    const missing = { ...queue(), properties: { resourceId: `${account}x`, queueName: "changes" } };
    expect((await call("PUT", id, { properties: { destination: missing } })).status).toBe(400);
    expect((await call("PUT", id, { properties: {} })).status).toBe(400);
    const hook = { endpointType: "WebHook", properties: { endpointUrl: "https://example.test" } };
    expect((await call("PUT", id, { properties: { destination: hook } })).status).toBe(501);
  });
});
