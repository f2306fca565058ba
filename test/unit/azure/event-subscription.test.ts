import type { EventSubscription } from "@azure/arm-eventgrid";
import { expect, test } from "vitest";
import type { AzureClients } from "../../../shared/azure/clients.ts";
import { eventSubscriptionPort } from "../../../shared/azure/event-subscription.ts";
import type { DesiredResource } from "../../../shared/domain/resource.ts";

const type = "Microsoft.EventGrid/systemTopics/eventSubscriptions";
const source = "/subscriptions/11111111-1111-1111-1111-111111111111";
const storageAccountId = `${source}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/stevents`;

function desired(deadLetterContainer: string | null): DesiredResource<typeof type> {
  return {
    id: `${source}/resourceGroups/rg/providers/Microsoft.EventGrid/systemTopics/topic/eventSubscriptions/changes`,
    type,
    ownership: "shared",
    steps: [7],
    dependsOn: [],
    body: {
      storageAccountId,
      queueName: "changes",
      eventTypes: [],
      operationNames: [],
      deadLetterContainer,
      maxDeliveryAttempts: 30,
      timeToLiveInMinutes: 1440,
    },
  };
}

/** Event Grid with one event subscription in a topic of others; gives back what is written. */
function eventGrid(standing: EventSubscription) {
  const written: { group: string; topic: string; body: EventSubscription }[] = [];
  const clients = {
    attempt: (_id: string | null, operation: () => Promise<unknown>) => operation(),
    now: () => 0,
    patience: 1,
    eventGrid: async () => ({
      systemTopics: {
        async *listBySubscription() {
          const topics = `${source}/resourceGroups/ops/providers/Microsoft.EventGrid/systemTopics`;
          yield { id: `${topics}/states`, source, topicType: "Microsoft.PolicyInsights.PolicyStates" };
          yield { id: `${topics}/theirs`, source, topicType: "Microsoft.Resources.Subscriptions" };
        },
      },
      systemTopicEventSubscriptions: {
        get: async () => written.at(-1)?.body ?? standing,
        beginCreateOrUpdateAndWait: async (group: string, topic: string, _name: string, body: EventSubscription) =>
          void written.push({ group, topic, body }),
      },
    }),
  } as unknown as AzureClients;
  return { port: eventSubscriptionPort(clients), written };
}

test("dead letters go to the container by the topic's identity, in the topic that was adopted", async () => {
  const { port, written } = eventGrid({});
  const wanted = desired("dead-letters");
  expect((await port.observe(wanted))?.body.deadLetterContainer).toBeNull();
  await port.write(wanted, null);
  expect(written).toMatchObject([
    {
      group: "ops",
      topic: "theirs",
      body: {
        deadLetterWithResourceIdentity: {
          identity: { type: "SystemAssigned" },
          deadLetterDestination: {
            endpointType: "StorageBlob",
            resourceId: storageAccountId,
            blobContainerName: "dead-letters",
          },
        },
      },
    },
  ]);
  expect((await port.observe(wanted))?.body).toEqual(wanted.body);
});

test("where no dead letters are asked for, those of others stay", async () => {
  const deadLetterWithResourceIdentity = {
    identity: { type: "SystemAssigned" as const },
    deadLetterDestination: { endpointType: "StorageBlob" as const, blobContainerName: "theirs" },
  };
  const { port, written } = eventGrid({ deadLetterWithResourceIdentity });
  const observed = await port.observe(desired(null));
  expect(observed?.body.deadLetterContainer).toBeNull();
  await port.write(desired(null), observed);
  expect(written[0]?.body).toMatchObject({ deadLetterWithResourceIdentity });
});
