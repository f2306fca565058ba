import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blobContainerId, storageQueueId } from "../../../../local/arm/platform/storage/storage-parts.ts";
import { firstSubscription, type LocalAzure, platformSubscription, startLocalAzure } from "../local-azure.ts";
import { codeOf, type Document, makeGroup, makeStorageAccount, putResource, storageApi } from "./resources.ts";

const api = "2022-06-15";
let azure: LocalAzure;
let group: string;
let account: string;
beforeAll(async () => {
  azure = await startLocalAzure();
  group = await makeGroup(azure, "rg-events");
  account = await makeStorageAccount(azure, group, "stevents");
  await putResource(azure, storageQueueId(account, "changes"), storageApi, { properties: {} });
  await putResource(azure, blobContainerId(account, "dead"), storageApi, { properties: {} });
});
afterAll(() => azure.stop());

const idOf = (name: string) => `${group}/providers/Microsoft.EventGrid/systemTopics/${name}`;
const call = (method: string, id: string, body?: unknown) => azure.request(method, `${id}?api-version=${api}`, body);
const topic = (source: string, change: object = {}) => ({
  location: "global",
  properties: { source, topicType: "Microsoft.Resources.Subscriptions" },
  ...change,
});
type Topic = Document & { identity: { type: string; principalId: string } };
const withIdentity = { identity: { type: "SystemAssigned" } };
const sender = "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a";
const blobContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
const eventGridContributor = "1e241071-0855-49ea-94dc-649edcd759de";
const storageContributor = "17d1049b-9a84-46fb-8f53-869881c3d3ab";
const user = "77777777-7777-4777-8777-000000000001";

/** Gives a principal a role on a scope. */
async function assign(scope: string, role: string, principalId: string, principalType = "ServicePrincipal") {
  const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
  const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  const properties = { roleDefinitionId, principalId, principalType };
  const answer = await azure.request("PUT", `${id}?api-version=2022-04-01`, { properties });
  expect(answer.status, answer.text).toBe(201);
}
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

describe("a system topic that stands", () => {
  test("gets an identity by PATCH, and keeps its tags and its source", async () => {
    const source = `/subscriptions/11111111-1111-1111-1111-000000000009`;
    const there = `${await makeGroup(azure, "rg-there", source.split("/")[2])}/providers/Microsoft.EventGrid/systemTopics`;
    await putResource(azure, `${there}/evgt`, api, topic(source, { tags: { owner: "operations" } }));
    const patched = await call("PATCH", `${there}/evgt`, withIdentity);
    expect(patched.status).toBe(200);
    const { body } = await call("GET", `${there}/evgt`);
    expect(body).toMatchObject({ tags: { owner: "operations" }, properties: { source } });
    const { principalId } = (body as Topic).identity;
    await assign(storageQueueId(account, "changes"), sender, principalId);
    await call("PATCH", `${there}/evgt`, { tags: { owner: "others" } });
    const renamed = (await call("GET", `${there}/evgt`)).body;
    expect(renamed).toMatchObject({ tags: { owner: "others" }, identity: { principalId } });
    expect((await call("PATCH", `${there}/evgt`, { identity: { type: "UserAssigned" } })).status).toBe(501);
  });

  test("is in the way of a second one of its type, not of one of another type", async () => {
    const source = `/subscriptions/11111111-1111-1111-1111-000000000010`;
    const there = `${await makeGroup(azure, "rg-two", source.split("/")[2])}/providers/Microsoft.EventGrid/systemTopics`;
    const states = { properties: { source, topicType: "Microsoft.PolicyInsights.PolicyStates" } };
    await putResource(azure, `${there}/evgt-states`, api, topic(source, states));
    await putResource(azure, `${there}/evgt-changes`, api, topic(source));
    expect((await call("PUT", `${there}/evgt-again`, topic(source))).status).toBe(400);
  });
});

describe("an event subscription with the topic's identity", () => {
  const newTopic = async (index: number) => {
    const source = `/subscriptions/11111111-1111-1111-1111-0000000000${index}`;
    const there = await makeGroup(azure, "rg-identity", source.split("/")[2]);
    const topicId = `${there}/providers/Microsoft.EventGrid/systemTopics/evgt`;
    const made = (await putResource(azure, topicId, api, topic(source, withIdentity))) as Topic;
    return { source, id: `${topicId}/eventSubscriptions/sub`, principalId: made.identity.principalId };
  };
  const delivery = () => ({ identity: { type: "SystemAssigned" }, destination: queue() });
  const deadLetters = (blobContainerName = "dead") => ({
    identity: { type: "SystemAssigned" },
    deadLetterDestination: { endpointType: "StorageBlob", properties: { resourceId: account, blobContainerName } },
  });
  const stateOf = async (id: string) => ((await call("GET", id)).body as Document).properties.provisioningState;
  const putAndWait = async (id: string, properties: object) => {
    const answer = await call("PUT", id, { properties });
    expect(answer.status, answer.text).toBeLessThan(300);
    await expect.poll(() => stateOf(id)).toMatch(/Succeeded|Failed/);
    return stateOf(id);
  };

  test("ends as failed while the identity lacks a role on queue or container, and stands with both", async () => {
    const { id, principalId } = await newTopic(11);
    const properties = { deliveryWithResourceIdentity: delivery(), deadLetterWithResourceIdentity: deadLetters() };
    expect(await putAndWait(id, properties)).toBe("Failed");
    await assign(storageQueueId(account, "changes"), sender, principalId);
    expect(await putAndWait(id, { deliveryWithResourceIdentity: delivery() })).toBe("Succeeded");
    expect(await putAndWait(id, properties)).toBe("Failed");
    await assign(blobContainerId(account, "dead"), blobContributor, principalId);
    expect(await putAndWait(id, properties)).toBe("Succeeded");
    const { body } = await call("GET", id);
    expect((body as Document).properties.deadLetterWithResourceIdentity).toEqual(deadLetters());
  });

  test.each([
    [
      "a queue that does not stand",
      () => ({ destination: { ...queue(), properties: { resourceId: account, queueName: "none" } } }),
    ],
    [
      "a container that does not stand",
      () => ({ destination: queue(), deadLetterWithResourceIdentity: deadLetters("none") }),
    ],
    [
      "26 values in two filters",
      () => ({ destination: queue(), filter: { advancedFilters: [filter(13), filter(13)] } }),
    ],
    ["a value of 513 characters", () => ({ destination: queue(), filter: { advancedFilters: [filter(1, 513)] } })],
  ])("is refused with %s", async (_what, properties) => {
    const { id } = await newTopic(12);
    expect((await call("PUT", id, { properties: properties() })).status).toBe(400);
  });
  const filter = (count: number, length = 8) => ({
    operatorType: "StringIn",
    key: "data.operationName",
    values: Array.from({ length: count }, (_, index) => String(index).padStart(length, "x")),
  });

  test("needs the caller's right to subscribe at the source and to write the storage account", async () => {
    const { source, id, principalId } = await newTopic(13);
    await assign(storageQueueId(account, "changes"), sender, principalId);
    const put = () =>
      azure.request(
        "PUT",
        `${id}?api-version=${api}`,
        { properties: { deliveryWithResourceIdentity: delivery() } },
        { as: user },
      );
    expect((await put()).status).toBe(403);
    await assign(id.split("/eventSubscriptions/")[0] ?? "", eventGridContributor, user, "User");
    expect((await put()).text).toContain(
      `'Microsoft.EventGrid/eventSubscriptions/write' on the linked scope(s) '${source}'`,
    );
    await assign(source, eventGridContributor, user, "User");
    expect((await put()).text).toContain(
      `'Microsoft.Storage/storageAccounts/write' on the linked scope(s) '${account}'`,
    );
    await assign(account, storageContributor, user, "User");
    expect((await put()).status).toBe(201);
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
    const own = (await putResource(azure, idOf("evgt-queue"), api, { ...plain, ...withIdentity })) as Topic;
    expect(own.identity.principalId).toMatch(/^[0-9a-f-]{36}$/);
    await assign(storageQueueId(account, "changes"), sender, own.identity.principalId);
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
