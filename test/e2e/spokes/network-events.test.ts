import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { contractRequest, Portal, requestWith } from "./portal.ts";

let portal: Portal;

beforeAll(async () => {
  portal = new Portal(await startStack({ speed: 0 }));
  await portal.provision(contractRequest);
}, 120_000);

afterAll(() => portal?.stack.stop());

const api = "2022-06-15";
const account =
  "/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups/rg-platform-logs/providers/Microsoft.Storage/storageAccounts/stspokeevents";
const subscriptionOf = (last: number) => `11111111-1111-1111-1111-0000000000${String(last).padStart(2, "0")}`;
const groupOf = (subscriptionId: string) => `/subscriptions/${subscriptionId}/resourceGroups/zero-trust-shared`;
const topicOf = (subscriptionId: string) =>
  `${groupOf(subscriptionId)}/providers/Microsoft.EventGrid/systemTopics/evgt-zero-trust`;
const eventsOf = (topicId: string) => `${topicId}/eventSubscriptions/zero-trust-network-changes`;
const topic = topicOf(String(contractRequest.subscriptionId));

/** Writes to what a subscription shares for its events. */
async function eventWrites(): Promise<string[]> {
  return (await portal.writesOfApp()).filter((write) => /EventGrid|zero-trust-shared|stspokeevents/.test(write));
}

/** Runs the spoke again and tells what was written. */
async function runAgain(): Promise<string[]> {
  await portal.writesOfApp();
  await portal.provision(contractRequest, "PUT");
  return portal.writesOfApp();
}

/** Topic and event subscription as they must stand. */
async function expectListening(topicId: string): Promise<void> {
  const standing = await portal.arm("GET", topicId, undefined, api);
  expect(standing.body.identity.type).toBe("SystemAssigned");
  const events = await portal.arm("GET", eventsOf(topicId), undefined, api);
  expect(events.body.properties).toMatchObject({
    provisioningState: "Succeeded",
    eventDeliverySchema: "CloudEventSchemaV1_0",
    deliveryWithResourceIdentity: {
      identity: { type: "SystemAssigned" },
      destination: { properties: { resourceId: account, queueName: "network-changes" } },
    },
    deadLetterWithResourceIdentity: {
      deadLetterDestination: { properties: { blobContainerName: "network-changes-dead" } },
    },
  });
}

describe("a subscription's Event Grid topic", () => {
  test("stands after the first spoke, feeds the app's queue, and is part of step 7", async () => {
    await expectListening(topic);
    const { body } = await portal.call("GET", "/api/spokes/orders-prod");
    expect(body.steps[6].status).toBe("Succeeded");
    const { resources } = body.steps[6];
    expect(resources.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining([topic, eventsOf(topic)]));
    expect(await runAgain()).toEqual([]);
  });

  test("an event subscription deleted by hand is restored with one write", async () => {
    await portal.arm("DELETE", eventsOf(topic), undefined, api);
    expect(await runAgain()).toEqual([`PUT ${eventsOf(topic)}`]);
    await expectListening(topic);
  });

  test("a filter narrowed by hand is mended with one write", async () => {
    await portal.edit(
      eventsOf(topic),
      (body: { properties: { filter: { advancedFilters: { values: string[] }[] } } }) => {
        body.properties.filter.advancedFilters[0]?.values.splice(3);
      },
      api,
    );
    expect(await runAgain()).toEqual([`PUT ${eventsOf(topic)}`]);
    expect(await runAgain()).toEqual([]);
  });

  test("a topic deleted by hand comes back with the roles of its new identity, and all works again", async () => {
    await portal.arm("DELETE", eventsOf(topic), undefined, api);
    await portal.arm("DELETE", topic, undefined, api);
    await portal.provision(contractRequest, "PUT");
    await expectListening(topic);
    expect(await runAgain()).toEqual([]);
  });

  test("a second spoke of the subscription writes none of it, and its removal takes none of it away", async () => {
    await portal.writesOfApp();
    await portal.provision(requestWith({ name: "second-a", addressPrefix: "10.70.0.0/22" }));
    expect(await eventWrites()).toEqual([]);
    expect((await portal.call("DELETE", "/api/spokes/second-a")).status).toBe(202);
    expect((await portal.settled("second-a")).status).toBe("Removed");
    expect(await eventWrites()).toEqual([]);
    await expectListening(topic);
  });

  test("of three spokes that come to a subscription at once, one makes it", async () => {
    const subscriptionId = subscriptionOf(2);
    await portal.writesOfApp();
    const names = ["first-b", "second-b", "third-b"];
    await Promise.all(
      names.map((name, index) =>
        portal.provision(requestWith({ name, subscriptionId, addressPrefix: `10.${80 + index}.0.0/22` })),
      ),
    );
    const made = topicOf(subscriptionId);
    const writes = await eventWrites();
    expect(writes.filter((write) => write.includes("EventGrid"))).toEqual([`PUT ${made}`, `PUT ${eventsOf(made)}`]);
    expect(writes.filter((write) => write.includes("roleAssignments"))).toHaveLength(2);
    expect(writes).toHaveLength(5);
    await expectListening(made);
  }, 120_000);

  test("one that others made is adopted, gets an identity, and keeps what is theirs", async () => {
    const subscriptionId = subscriptionOf(3);
    const group = `/subscriptions/${subscriptionId}/resourceGroups/operations`;
    const theirs = `${group}/providers/Microsoft.EventGrid/systemTopics/evgt-operations`;
    await portal.arm("PUT", group, { location: "westeurope" }, "2025-04-01");
    const properties = { source: `/subscriptions/${subscriptionId}`, topicType: "Microsoft.Resources.Subscriptions" };
    await portal.arm("PUT", theirs, { location: "global", tags: { owner: "operations" }, properties }, api);
    const request = requestWith({ name: "guest-a", subscriptionId, addressPrefix: "10.90.0.0/22" });
    await portal.writesOfApp();
    await portal.provision(request);
    expect((await eventWrites()).filter((write) => write.includes("EventGrid"))).toEqual([
      `PATCH ${theirs}`,
      `PUT ${eventsOf(theirs)}`,
    ]);
    await expectListening(theirs);
    expect((await portal.arm("GET", theirs, undefined, api)).body.tags).toEqual({ owner: "operations" });
    expect((await portal.arm("GET", groupOf(subscriptionId), undefined, "2025-04-01")).status).toBe(404);
    await portal.provision(request, "PUT");
    expect(await eventWrites()).toEqual([]);
  }, 90_000);
});
