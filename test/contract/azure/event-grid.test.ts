import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blobContainerId, storageQueueId } from "../../../local/arm/platform/storage/storage-parts.ts";
import { seedProtection } from "../../../local/arm/seed/seed-protection.ts";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import { differences } from "../../../shared/spoke/difference.ts";
import { type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import { putResource, storageApi } from "../arm/platform/resources.ts";
import { desired, location, portsFor } from "./ports-under-test.ts";
import { statusesOf } from "./recorded-requests.ts";

const topicType = "Microsoft.EventGrid/systemTopics";
const subscriptionType = "Microsoft.EventGrid/systemTopics/eventSubscriptions";
const roleType = "Microsoft.Authorization/roleAssignments";
const queue = storageQueueId(seedProtection.eventStorage, seedProtection.eventQueue);
const api = "2022-06-15";

let azure: LocalAzure;
let ports: AzurePorts;

beforeAll(async () => {
  azure = await startLocalAzure();
  ports = portsFor(azure);
});
afterAll(() => azure.stop());

let last = 1;
/** A subscription of which nothing listens yet, with a resource group; the topic and what it feeds as they shall stand. */
async function newSubscription() {
  last += 1;
  const source = `/subscriptions/11111111-1111-1111-1111-0000000000${String(last).padStart(2, "0")}`;
  const group = `${source}/resourceGroups/rg-zero-trust-events`;
  const type = "Microsoft.Resources/resourceGroups";
  await ports.resources[type].write(desired(type, group, { location, tags: {} }), null);
  const topicId = `${group}/providers/${topicType}/evgt-zero-trust`;
  return {
    source,
    group,
    topic: desired(topicType, topicId, { source, identityType: "SystemAssigned" }),
    role: desired(roleType, `${queue}/providers/${roleType}/${randomUUID()}`, {
      roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/c6a89b2d-59bc-44d0-9896-0f6e12d7b80a`,
      principalId: topicId,
      principalType: "ServicePrincipal",
    }),
    subscription: desired(subscriptionType, `${topicId}/eventSubscriptions/zero-trust-network-changes`, {
      storageAccountId: seedProtection.eventStorage,
      queueName: "network-changes",
      eventTypes: ["Microsoft.Resources.ResourceWriteSuccess", "Microsoft.Resources.ResourceDeleteSuccess"],
      operationNames: [
        "Microsoft.Network/networkSecurityGroups/write",
        "Microsoft.Network/virtualNetworks/subnets/write",
      ],
      deadLetterContainer: null,
      maxDeliveryAttempts: 30,
      timeToLiveInMinutes: 1440,
    }),
  };
}

/** Topic and role stand; what is left is the event subscription. */
async function readySubscription() {
  const ready = await newSubscription();
  await ports.resources[topicType].write(ready.topic, null);
  await ports.resources[roleType].write(ready.role, null);
  return ready;
}

const topicOfOthers = (source: string, change: object = {}) => ({
  location: "global",
  tags: { owner: "operations" },
  properties: { source, topicType: "Microsoft.Resources.Subscriptions" },
  ...change,
});

describe("system topic of a subscription", () => {
  test("is made with an identity, and removed twice", async () => {
    const { topic } = await newSubscription();
    const port = ports.resources[topicType];
    expect(await port.observe(topic)).toBeNull();
    await port.write(topic, null);
    const made = await port.observe(topic);
    expect(made?.body).toEqual(topic.body);
    expect(made?.native).toMatchObject({ location: "global", topicType: "Microsoft.Resources.Subscriptions" });
    await port.remove(topic.id);
    await port.remove(topic.id);
    expect(await port.observe(topic)).toBeNull();
  });

  test("one of another name and group is adopted, gets an identity, and keeps its tags", async () => {
    const { topic, source, group } = await newSubscription();
    const other = `${group.replace("zero-trust-events", "operations")}`;
    const type = "Microsoft.Resources/resourceGroups";
    await ports.resources[type].write(desired(type, other, { location, tags: {} }), null);
    const otherId = `${other}/providers/${topicType}/evgt-operations`;
    const states = { properties: { source, topicType: "Microsoft.PolicyInsights.PolicyStates" } };
    await putResource(azure, `${otherId}-states`, api, topicOfOthers(source, states));
    await putResource(azure, otherId, api, topicOfOthers(source.toUpperCase()));
    const port = ports.resources[topicType];
    const adopted = await port.observe(topic);
    expect(adopted?.id).toBe(otherId);
    expect(differences(topic, adopted ?? never()).map(({ pointer }) => pointer)).toContain("/identityType");
    await port.write(topic, adopted);
    const mended = await port.observe(topic);
    expect(mended?.id).toBe(otherId);
    expect(mended?.body.identityType).toBe("SystemAssigned");
    expect(mended?.native).toMatchObject({ tags: { owner: "operations" } });
    expect([await statusesOf(azure, "PATCH", otherId), await statusesOf(azure, "PUT", topic.id)]).toEqual([[200], []]);
  });

  test("one that somebody makes in the same moment is adopted", async () => {
    const { topic, source, group } = await newSubscription();
    const port = ports.resources[topicType];
    const rival = desired(topicType, `${group}/providers/${topicType}/evgt-rival`, topic.body);
    await Promise.all([port.write(topic, null), port.write(rival, null)]);
    const observed = [await port.observe(topic), await port.observe(rival)];
    expect(new Set(observed.map((one) => one?.id)).size).toBe(1);
    expect(observed[0]?.body).toEqual({ source, identityType: "SystemAssigned" });
  });
});

describe("role of a topic's identity on the queue", () => {
  test("names the topic until its identity stands, and is made anew for the identity of a topic that was made anew", async () => {
    const { topic, role } = await newSubscription();
    const topics = ports.resources[topicType];
    const port = ports.resources[roleType];
    expect(await port.observe(role)).toBeNull();
    await expect(port.write(role, null)).rejects.toMatchObject({ failure: { code: "IdentityMissing" } });
    await topics.write(topic, null);
    await port.write(role, null);
    expect((await port.observe(role))?.body).toMatchObject({ principalId: topic.id });
    await topics.remove(topic.id);
    await topics.write(topic, null);
    expect((await port.observe(role))?.body.principalId).not.toBe(topic.id);
    await port.write(role, null);
    expect((await port.observe(role))?.body).toMatchObject({ principalId: topic.id });
  });

  test("is that of an adopted topic, whatever the id names", async () => {
    const { role, source, group } = await newSubscription();
    const otherId = `${group}/providers/${topicType}/evgt-operations`;
    const identity = { identity: { type: "SystemAssigned" } };
    const other = await putResource(azure, otherId, api, topicOfOthers(source, identity));
    await ports.resources[roleType].write(role, null);
    const { principalId } = (other as unknown as { identity: { principalId: string } }).identity;
    expect((await ports.resources[roleType].observe(role))?.native).toMatchObject({ principalId });
  });
});

describe("event subscription", () => {
  test("waits for a role that Event Grid does not see yet", async () => {
    const { topic, role, subscription } = await newSubscription();
    await ports.resources[topicType].write(topic, null);
    await expect(ports.resources[subscriptionType].write(subscription, null)).rejects.toMatchObject({
      failure: { code: "Managed Identity Authorization Error", resourceId: subscription.id },
    });
    const patient = portsFor(azure, { settling: 30_000 });
    const written = patient.resources[subscriptionType].write(subscription, null);
    await ports.resources[roleType].write(role, null);
    await written;
    expect((await ports.resources[subscriptionType].observe(subscription))?.body).toEqual(subscription.body);
  });

  test("sends what it cannot deliver to the container, as the topic's identity", async () => {
    const { subscription, role } = await readySubscription();
    const body = { ...subscription.body, deadLetterContainer: seedProtection.deadEventContainer };
    const wanted = desired(subscriptionType, subscription.id, body);
    const scope = blobContainerId(seedProtection.eventStorage, seedProtection.deadEventContainer);
    const contributor = role.body.roleDefinitionId.replace(/[^/]+$/, "ba92f5b4-2d11-453d-a403-e96b0029c9fe");
    const second = desired(roleType, `${scope}/providers/${roleType}/${randomUUID()}`, {
      ...role.body,
      roleDefinitionId: contributor,
    });
    await ports.resources[roleType].write(second, null);
    await ports.resources[subscriptionType].write(wanted, null);
    expect((await ports.resources[subscriptionType].observe(wanted))?.body).toEqual(wanted.body);
  });

  test("stands as desired, is mended, keeps labels of others, and is removed twice", async () => {
    const { subscription } = await readySubscription();
    const port = ports.resources[subscriptionType];
    expect(await port.observe(subscription)).toBeNull();
    await port.write(subscription, null);
    const made = await port.observe(subscription);
    expect(made?.body).toEqual(subscription.body);
    expect(made?.native).toMatchObject({
      eventDeliverySchema: "CloudEventSchemaV1_0",
      retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 },
      deliveryWithResourceIdentity: { identity: { type: "SystemAssigned" } },
    });

    await putResource(azure, subscription.id, api, {
      properties: {
        destination: {
          endpointType: "StorageQueue",
          properties: { resourceId: seedProtection.eventStorage, queueName: "network-changes" },
        },
        filter: {
          includedEventTypes: subscription.body.eventTypes,
          subjectBeginsWith: "/subscriptions/none",
          advancedFilters: [
            { operatorType: "StringIn", key: "data.operationName", values: subscription.body.operationNames },
          ],
        },
        labels: ["operations"],
      },
    });
    const drifted = await port.observe(subscription);
    expect(drifted?.body).toMatchObject({ storageAccountId: "", operationNames: [] });
    await port.write(subscription, drifted);
    const mended = await port.observe(subscription);
    expect(mended?.body).toEqual(subscription.body);
    expect(mended?.native).toMatchObject({ labels: ["operations"] });

    await port.remove(subscription.id);
    await port.remove(subscription.id);
    expect(await port.observe(subscription)).toBeNull();
  });

  test("lies in the topic that was adopted, and is found and removed there", async () => {
    const { topic, role, subscription, source, group } = await newSubscription();
    const otherId = `${group}/providers/${topicType}/evgt-operations`;
    await putResource(azure, otherId, api, topicOfOthers(source, { identity: { type: "SystemAssigned" } }));
    await ports.resources[roleType].write(role, null);
    await putResource(azure, storageQueueId(seedProtection.eventStorage, "ops"), storageApi, { properties: {} });
    const others = {
      endpointType: "StorageQueue",
      properties: { resourceId: seedProtection.eventStorage, queueName: "ops" },
    };
    await putResource(azure, `${otherId}/eventSubscriptions/operations`, api, { properties: { destination: others } });
    const port = ports.resources[subscriptionType];
    expect(await port.observe(subscription)).toBeNull();
    await port.write(subscription, null);
    const made = await port.observe(subscription);
    expect(made?.id).toBe(`${otherId}/eventSubscriptions/zero-trust-network-changes`);
    expect(made?.body).toEqual(subscription.body);
    expect((await ports.resources[topicType].observe(topic))?.id).toBe(otherId);
    await port.remove(subscription.id);
    expect(await port.observe(subscription)).toBeNull();
    const rest = await azure.request("GET", `${otherId}/eventSubscriptions/operations?api-version=${api}`);
    expect(rest.status).toBe(200);
  });

  test("more operations than one filter takes are refused before Azure is asked", async () => {
    const { subscription } = await readySubscription();
    const operationNames = Array.from({ length: 26 }, (_, index) => `Microsoft.Network/type${index}/write`);
    const wanted = desired(subscriptionType, subscription.id, { ...subscription.body, operationNames });
    const written = ports.resources[subscriptionType].write(wanted, null);
    await expect(written).rejects.toMatchObject({ failure: { code: "TooManyOperationNames", resourceId: wanted.id } });
    expect(await statusesOf(azure, "PUT", wanted.id)).toEqual([]);
  });

  test("another operation in progress is waited for", async () => {
    const { subscription } = await readySubscription();
    await azure.control("POST", "faults", {
      match: { method: "PUT", pathRegex: "eventSubscriptions" },
      kind: "409-another-operation",
      times: 1,
      retryAfterSeconds: null,
    });
    await ports.resources[subscriptionType].write(subscription, null);
    expect((await ports.resources[subscriptionType].observe(subscription))?.body).toEqual(subscription.body);
    expect(await statusesOf(azure, "PUT", subscription.id)).toEqual([409, 201]);
  });
});

function never(): never {
  throw new Error("the resource does not stand");
}
