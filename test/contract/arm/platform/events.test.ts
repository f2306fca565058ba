import { BlobServiceClient } from "@azure/storage-blob";
import { QueueServiceClient } from "@azure/storage-queue";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eventConnectionString } from "../../../../local/stack/azurite.ts";
import { firstSubscription, type LocalAzure } from "../local-azure.ts";
import { location, rule } from "../network/network-fixture.ts";
import { type StoredAzure, startStoredAzure } from "../stored-azure.ts";
import {
  assign,
  EventReader,
  eventAccount,
  eventQueue,
  type Listening,
  listenTo,
  type EventReader as Reader,
} from "./event-listening.ts";
import { makeGroup, putResource, storageApi } from "./resources.ts";

const groupName = "rg-watched";
const owner = "99999999-0000-4000-8000-000000000002";
const nsgId = (name: string) =>
  `/subscriptions/${firstSubscription}/resourceGroups/${groupName}/providers/Microsoft.Network/networkSecurityGroups/${name}`;

let stored: StoredAzure;
let azure: LocalAzure;
let listening: Listening;
let reader: Reader;

beforeAll(async () => {
  stored = await startStoredAzure();
  azure = stored.azure;
  reader = new EventReader(stored);
  await makeGroup(azure, groupName);
  listening = await listenTo(azure, await makeGroup(azure, "rg-topic"), onlyNetwork);
});
afterAll(() => stored?.stop());
beforeEach(async () => {
  await azure.control("DELETE", "events");
  while ((await reader.taken()).length > 0);
});

const onlyNetwork = {
  filter: {
    advancedFilters: [{ operatorType: "StringContains", key: "data.operationName", values: ["Microsoft.Network/"] }],
  },
};
interface Shown {
  readonly event: { readonly subject: string; readonly type: string };
  readonly status: string;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly deadLetterReason: string | null;
}
const deliveriesOf = async (subject: string): Promise<Shown[]> =>
  (await azure.control<{ value: Shown[] }>("GET", "events")).value.filter(({ event }) => event.subject === subject);
const putGroup = (name: string, securityRules: ReturnType<typeof rule>[] = []) =>
  azure.network().networkSecurityGroups.createOrUpdate(groupName, name, { location, securityRules });

describe("events of changes", () => {
  test("an NSG is one event, a rule one of its own, deletions too, as CloudEvents", async () => {
    const network = azure.network();
    await putGroup("nsg-one", [rule("first", 100), rule("second", 110)]);
    await network.securityRules.createOrUpdate(groupName, "nsg-one", "third", rule("third", 120));
    await network.securityRules.delete(groupName, "nsg-one", "third");
    await network.networkSecurityGroups.delete(groupName, "nsg-one");
    const events = await reader.until(({ length }) => length >= 4);
    expect(await reader.taken()).toEqual([]);
    const told = events.map(({ type, subject, data }) => [type, subject, data.operationName]);
    const group = "Microsoft.Network/networkSecurityGroups";
    expect(told.sort()).toEqual([
      ["Microsoft.Resources.ResourceDeleteSuccess", nsgId("nsg-one"), `${group}/delete`],
      [
        "Microsoft.Resources.ResourceDeleteSuccess",
        `${nsgId("nsg-one")}/securityRules/third`,
        `${group}/securityRules/delete`,
      ],
      ["Microsoft.Resources.ResourceWriteSuccess", nsgId("nsg-one"), `${group}/write`],
      [
        "Microsoft.Resources.ResourceWriteSuccess",
        `${nsgId("nsg-one")}/securityRules/third`,
        `${group}/securityRules/write`,
      ],
    ]);
    expect(events[0]).toMatchObject({ specversion: "1.0", source: `/subscriptions/${firstSubscription}` });
    expect(new Set(events.map(({ id }) => id)).size).toBe(4);
  });

  test("tell who called, by which right, and the call's correlation id", async () => {
    const correlation = "0f8fad5b-d9cb-469f-a165-70867728950e";
    await putGroup("nsg-told");
    await reader.until(({ length }) => length === 1);
    const path = `${nsgId("nsg-told")}?api-version=2026-01-01`;
    const headers = { "x-ms-correlation-request-id": correlation, "x-ms-client-request-id": "mine" };
    const { headers: answered } = await azure.request("PUT", path, { location, properties: {} }, { headers });
    expect(answered["x-ms-correlation-request-id"]).toBe(correlation);
    const [event] = await reader.until(({ length }) => length === 1);
    expect(event?.data).toMatchObject({
      correlationId: correlation,
      subscriptionId: firstSubscription,
      resourceProvider: "Microsoft.Network",
      resourceUri: nsgId("nsg-told"),
      status: "Succeeded",
      authorization: {
        scope: nsgId("nsg-told"),
        action: "Microsoft.Network/networkSecurityGroups/write",
        evidence: { role: "Owner", principalId: owner.replaceAll("-", ""), principalType: "ServicePrincipal" },
      },
      httpRequest: { clientRequestId: "mine", method: "PUT", url: `${azure.url}${path}` },
    });
    expect(event?.data.claims).toMatchObject({
      aud: "https://management.azure.com",
      appid: "99999999-0000-4000-8000-000000000001",
      ipaddr: "127.0.0.1",
      "http://schemas.microsoft.com/identity/claims/objectidentifier": owner,
    });
    expect(Object.values(event?.data.claims ?? {}).every((value) => typeof value === "string")).toBe(true);
  });

  test("a user's name is told", async () => {
    const user = "77777777-7777-4777-8777-000000000004";
    const { status } = await azure.request(
      "PUT",
      `/subscriptions/${firstSubscription}/providers/Microsoft.Authorization/roleAssignments/0f8fad5b-d9cb-469f-a165-708677289501?api-version=2022-04-01`,
      {
        properties: {
          roleDefinitionId: "/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7",
          principalId: user,
          principalType: "User",
        },
      },
    );
    expect(status).toBe(201);
    await azure
      .network(firstSubscription, user)
      .networkSecurityGroups.createOrUpdate(groupName, "nsg-user", { location });
    const [event] = await reader.until(({ length }) => length === 1);
    expect(event?.data.claims).toMatchObject({
      name: "User 4",
      "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn": "user4@contoso.com",
    });
  });

  test("the content of a deleted resource group goes piece by piece", async () => {
    await makeGroup(azure, "rg-going");
    const network = azure.network();
    await network.networkSecurityGroups.createOrUpdate("rg-going", "nsg-going", {
      location,
      securityRules: [rule("r", 100)],
    });
    await network.routeTables.createOrUpdate("rg-going", "rt-going", { location });
    await reader.until(({ length }) => length === 2);
    await azure.resources().resourceGroups.delete("rg-going");
    const events = await reader.until(({ length }) => length === 2);
    expect(events.map(({ type, data }) => [type, data.operationName]).sort()).toEqual([
      ["Microsoft.Resources.ResourceDeleteSuccess", "Microsoft.Network/networkSecurityGroups/delete"],
      ["Microsoft.Resources.ResourceDeleteSuccess", "Microsoft.Network/routeTables/delete"],
    ]);
  });

  test("filters are honoured, in the schema of the subscription", async () => {
    await listening.change({
      eventDeliverySchema: "EventGridSchema",
      filter: {
        includedEventTypes: ["Microsoft.Resources.ResourceWriteSuccess"],
        subjectEndsWith: "/NSG-wanted",
        advancedFilters: [
          {
            operatorType: "StringIn",
            key: "data.operationName",
            values: ["microsoft.network/networksecuritygroups/write"],
          },
          { operatorType: "StringNotContains", key: "subject", values: ["/securityRules/"] },
        ],
      },
    });
    await putGroup("nsg-other");
    await putGroup("nsg-wanted");
    await azure.network().networkSecurityGroups.delete(groupName, "nsg-wanted");
    const [event] = await reader.until(({ length }) => length === 1);
    expect(event).toMatchObject({
      topic: `/subscriptions/${firstSubscription}`,
      subject: nsgId("nsg-wanted"),
      eventType: "Microsoft.Resources.ResourceWriteSuccess",
      dataVersion: "2",
      metadataVersion: "1",
    });
    expect(await reader.taken()).toEqual([]);
    await listening.change(onlyNetwork);
  });
});

describe("deliveries", () => {
  test("wait for the role, and arrive once it is there", async () => {
    await azure.request("DELETE", `${listening.senderAssignment}?api-version=2022-04-01`);
    await putGroup("nsg-role");
    await expect.poll(async () => (await deliveriesOf(nsgId("nsg-role")))[0]?.attempts).toBeGreaterThan(1);
    const [waiting] = await deliveriesOf(nsgId("nsg-role"));
    expect(waiting).toMatchObject({ status: "Pending", lastError: expect.stringContaining("AuthorizationPermission") });
    const topic = await azure.request("GET", `${listening.topicId}?api-version=2022-06-15`);
    const { principalId } = (topic.body as { identity: { principalId: string } }).identity;
    await assign(azure, eventQueue, "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a", principalId);
    const [event] = await reader.until(({ length }) => length === 1);
    expect(event?.subject).toBe(nsgId("nsg-role"));
    expect(await deliveriesOf(nsgId("nsg-role"))).toMatchObject([{ status: "Delivered" }]);
  });

  test("are doubled, shuffled and failed by order", async () => {
    await azure.control("POST", "events", { duplicate: 2, shuffle: true, failDeliveries: 1 });
    const names = ["a", "b", "c", "d", "e", "f"].map((letter) => `nsg-trouble-${letter}`);
    for (const name of names) await putGroup(name);
    const events = await reader.until(({ length }) => length === 18);
    expect(new Set(events.map(({ id }) => id)).size).toBe(6);
    const shown = (await Promise.all(names.map((name) => deliveriesOf(nsgId(name))))).flat();
    expect(shown.map(({ attempts }) => attempts).sort()).toEqual([1, 1, 1, 1, 1, 2]);
  });

  test("that are given up become dead letters in Azure's place, and are delivered anew when asked", async () => {
    await azure.control("POST", "events", { deadLetter: true });
    await putGroup("nsg-dead");
    await expect.poll(async () => (await deliveriesOf(nsgId("nsg-dead")))[0]?.status).toBe("DeadLettered");
    const container = BlobServiceClient.fromConnectionString(
      eventConnectionString(stored.azurite.addresses),
    ).getContainerClient("network-changes-dead");
    const now = new Date();
    const prefix = `CHANGES/${now.getUTCFullYear()}/${now.getUTCMonth() + 1}/`;
    const found: unknown[] = [];
    for await (const { name } of container.listBlobsFlat({ prefix })) {
      found.push(...JSON.parse((await container.getBlobClient(name).downloadToBuffer()).toString("utf8")));
    }
    expect(found).toMatchObject([{ subject: nsgId("nsg-dead"), specversion: "1.0", deadletterreason: "Ordered" }]);
    await azure.control("DELETE", "events");
    expect(await azure.control("POST", "events/replay", {})).toEqual({ replayed: 1 });
    const [event] = await reader.until(({ length }) => length === 1);
    expect(event?.subject).toBe(nsgId("nsg-dead"));
  });

  test("never slow the call, and wrong orders are refused", async () => {
    await azure.control("POST", "events", { delaySeconds: 3600 });
    await putGroup("nsg-later");
    expect(await deliveriesOf(nsgId("nsg-later"))).toMatchObject([{ status: "Pending", attempts: 0 }]);
    await expect(azure.control("POST", "events", { duplicates: 1 })).rejects.toThrow("400");
    await expect(azure.control("POST", "events/replay", { since: "yesterday" })).rejects.toThrow("400");
  });
});

test("a queue and a container of Resource Manager stand in the storage behind, and go with it", async () => {
  const { addresses } = stored.azurite;
  const queues = QueueServiceClient.fromConnectionString(eventConnectionString(addresses));
  const id = `${eventAccount}/queueServices/default/queues/further`;
  await putResource(azure, id, storageApi, { properties: {} });
  await expect.poll(() => queues.getQueueClient("further").exists()).toBe(true);
  await azure.request("DELETE", `${id}?api-version=${storageApi}`);
  await expect.poll(() => queues.getQueueClient("further").exists()).toBe(false);
});

test("a filter's operator that Event Grid does not know is refused", async () => {
  const change = listening.change({
    filter: { advancedFilters: [{ operatorType: "StringMatches", key: "subject", values: [".*"] }] },
  });
  await expect(change).rejects.toThrow("400");
});

test("a reset empties the storage and forgets deliveries, and the seed's queue stands again", async () => {
  const queue = QueueServiceClient.fromConnectionString(eventConnectionString(stored.azurite.addresses)).getQueueClient(
    "network-changes",
  );
  await queue.sendMessage("old");
  await azure.control("POST", "reset");
  expect((await queue.getProperties()).approximateMessagesCount).toBe(0);
  expect(await azure.control("GET", "events")).toEqual({ value: [] });
});
