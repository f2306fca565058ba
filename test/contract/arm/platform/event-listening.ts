import { randomUUID } from "node:crypto";
import { QueueServiceClient } from "@azure/storage-queue";
import { blobContainerId, storageQueueId } from "../../../../local/arm/platform/storage/storage-parts.ts";
import { eventConnectionString } from "../../../../local/stack/azurite.ts";
import { type LocalAzure, platformSubscription } from "../local-azure.ts";
import type { StoredAzure } from "../stored-azure.ts";
import { type Document, putResource } from "./resources.ts";

export const eventAccount = `/subscriptions/${platformSubscription}/resourceGroups/rg-platform-logs/providers/Microsoft.Storage/storageAccounts/stspokeevents`;
export const eventQueue = storageQueueId(eventAccount, "network-changes");
export const deadContainer = blobContainerId(eventAccount, "network-changes-dead");
const sender = "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a";
const blobContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
const eventApi = "2022-06-15";

/** An event as it arrives. */
export interface ArrivedEvent {
  readonly id: string;
  readonly subject: string;
  readonly type: string;
  readonly [member: string]: unknown;
  readonly data: {
    readonly operationName: string;
    readonly correlationId: string;
    readonly claims: Record<string, string>;
    readonly [member: string]: unknown;
  };
}

/** Gives a principal a role; gives the id of the assignment. */
export async function assign(azure: LocalAzure, scope: string, role: string, principalId: string): Promise<string> {
  const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
  const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  const properties = { roleDefinitionId, principalId, principalType: "ServicePrincipal" };
  const answer = await azure.request("PUT", `${id}?api-version=2022-04-01`, { properties });
  if (answer.status !== 201) throw new Error(answer.text);
  return id;
}

/** What listens to a subscription. */
export interface Listening {
  readonly topicId: string;
  readonly eventSubscriptionId: string;
  readonly senderAssignment: string;
  /** Changes the event subscription. */
  change(properties: object): Promise<void>;
}

/** A topic with an identity, its roles, and an event subscription into the seed's queue. */
export async function listenTo(azure: LocalAzure, group: string, properties: object = {}): Promise<Listening> {
  const topicId = `${group}/providers/Microsoft.EventGrid/systemTopics/evgt-listening`;
  const source = group.split("/").slice(0, 3).join("/");
  const topic = (await putResource(azure, topicId, eventApi, {
    location: "global",
    identity: { type: "SystemAssigned" },
    properties: { source, topicType: "Microsoft.Resources.Subscriptions" },
  })) as Document & { identity: { principalId: string } };
  const senderAssignment = await assign(azure, eventQueue, sender, topic.identity.principalId);
  await assign(azure, deadContainer, blobContributor, topic.identity.principalId);
  const eventSubscriptionId = `${topicId}/eventSubscriptions/changes`;
  const identity = { type: "SystemAssigned" };
  const change = async (changed: object): Promise<void> => {
    await putResource(azure, eventSubscriptionId, eventApi, {
      properties: {
        deliveryWithResourceIdentity: {
          identity,
          destination: {
            endpointType: "StorageQueue",
            properties: { resourceId: eventAccount, queueName: "network-changes" },
          },
        },
        deadLetterWithResourceIdentity: {
          identity,
          deadLetterDestination: {
            endpointType: "StorageBlob",
            properties: { resourceId: eventAccount, blobContainerName: "network-changes-dead" },
          },
        },
        eventDeliverySchema: "CloudEventSchemaV1_0",
        ...changed,
      },
    });
  };
  await change(properties);
  return { topicId, eventSubscriptionId, senderAssignment, change };
}

/** Takes events out of the seed's queue. */
export class EventReader {
  readonly #queue;

  constructor(stored: StoredAzure) {
    const connection = eventConnectionString(stored.azurite.addresses);
    this.#queue = QueueServiceClient.fromConnectionString(connection).getQueueClient("network-changes");
  }

  /** Events until `enough` says so; throws after ten seconds. */
  async until(enough: (events: readonly ArrivedEvent[]) => boolean): Promise<ArrivedEvent[]> {
    const events: ArrivedEvent[] = [];
    const deadline = Date.now() + 10_000;
    while (!enough(events)) {
      if (Date.now() > deadline)
        throw new Error(`Only these came: ${JSON.stringify(events.map(({ subject }) => subject))}`);
      events.push(...(await this.taken()));
    }
    return events;
  }

  /** The events that are there now, taken out. */
  async taken(): Promise<ArrivedEvent[]> {
    const { receivedMessageItems } = await this.#queue.receiveMessages({ numberOfMessages: 32 });
    for (const { messageId, popReceipt } of receivedMessageItems)
      await this.#queue.deleteMessage(messageId, popReceipt);
    return receivedMessageItems.map(
      ({ messageText }) => JSON.parse(Buffer.from(messageText, "base64").toString("utf8")) as ArrivedEvent,
    );
  }
}
