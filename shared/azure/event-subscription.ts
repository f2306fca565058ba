import type {
  DeadLetterWithResourceIdentity,
  EventSubscription,
  EventSubscriptionFilter,
  StorageBlobDeadLetterDestination,
  StorageQueueEventSubscriptionDestination,
  StringInAdvancedFilter,
} from "@azure/arm-eventgrid";
import { RefusedError } from "../domain/errors.ts";
import type { DesiredResource, ResourceBodies } from "../domain/resource.ts";
import { type ArmPath, isSame, parseArmPath } from "./arm-id.ts";
import { armResourcePort } from "./arm-resource.ts";
import type { AzureClients } from "./clients.ts";
import { inOrderOf } from "./normal-form.ts";
import type { ResourcePort } from "./ports.ts";
import { findSystemTopic } from "./system-topic.ts";

type Type = "Microsoft.EventGrid/systemTopics/eventSubscriptions";

const operationNameKey = "data.operationName";

/** CloudEvents 1.0, which the app reads. */
const eventDeliverySchema = "CloudEventSchemaV1_0";

/** Event Grid, "Understand event filtering": 25 values across all advanced filters of a subscription. */
const mostFilterValues = 25;

/**
 * Sends the subscription's changes to a Storage queue, as the topic's own identity. Its id names the topic of our
 * naming; it lies in the topic that was adopted instead, where one was.
 */
export function eventSubscriptionPort(clients: AzureClients): ResourcePort<Type> {
  const operations = async (subscriptionId: string) =>
    (await clients.eventGrid(subscriptionId)).systemTopicEventSubscriptions;

  /** Group and name of the topic that stands for the one in the id; the id's own where none stands. */
  async function topicFor(at: ArmPath): Promise<{ readonly resourceGroup: string; readonly name: string }> {
    const topic = await findSystemTopic(clients, at.subscriptionId);
    return topic?.id === undefined
      ? { resourceGroup: at.resourceGroup, name: at.parent ?? "" }
      : parseArmPath(topic.id);
  }

  return armResourcePort<Type, EventSubscription>(clients, {
    type: "Microsoft.EventGrid/systemTopics/eventSubscriptions",
    get: async (at) => {
      const topic = await topicFor(at);
      return (await operations(at.subscriptionId)).get(topic.resourceGroup, topic.name, at.name);
    },
    put: async (at, body, { updateIntervalInMs }) => {
      const topic = await topicFor(at);
      const client = await operations(at.subscriptionId);
      const options = { updateIntervalInMs };
      return client.beginCreateOrUpdateAndWait(topic.resourceGroup, topic.name, at.name, body, options);
    },
    remove: async (at, { updateIntervalInMs }) => {
      const topic = await topicFor(at);
      const client = await operations(at.subscriptionId);
      return client.beginDeleteAndWait(topic.resourceGroup, topic.name, at.name, { updateIntervalInMs });
    },
    toBody,
    toNative: (desired, standing) => {
      requireFewNames(desired);
      const { storageAccountId: resourceId, queueName, eventTypes, operationNames } = desired.body;
      const { maxDeliveryAttempts, timeToLiveInMinutes: eventTimeToLiveInMinutes } = desired.body;
      const deadLetter = deadLetterOf(desired.body) ?? standing?.deadLetterWithResourceIdentity;
      return {
        deliveryWithResourceIdentity: {
          identity: { type: "SystemAssigned" },
          destination: { endpointType: "StorageQueue", resourceId, queueName },
        },
        eventDeliverySchema,
        filter: {
          includedEventTypes: [...eventTypes],
          advancedFilters: [{ operatorType: "StringIn", key: operationNameKey, values: [...operationNames] }],
        },
        retryPolicy: { maxDeliveryAttempts, eventTimeToLiveInMinutes },
        labels: standing?.labels ?? [],
        ...(deadLetter === undefined ? {} : { deadLetterWithResourceIdentity: deadLetter }),
      };
    },
  });
}

function toBody(native: EventSubscription, { body }: DesiredResource<Type>): ResourceBodies[Type] {
  const queue = queueOf(native);
  return {
    storageAccountId: queue?.resourceId ?? "",
    queueName: queue?.queueName ?? "",
    eventTypes: inOrderOf(body.eventTypes, native.filter?.includedEventTypes ?? []),
    operationNames: inOrderOf(body.operationNames, admittedNames(native.filter)),
    // Where dead letters are not asked for, those of others are theirs.
    deadLetterContainer: body.deadLetterContainer === null ? null : deadLetterContainer(native),
    maxDeliveryAttempts: native.retryPolicy?.maxDeliveryAttempts ?? 0,
    timeToLiveInMinutes: native.retryPolicy?.eventTimeToLiveInMinutes ?? 0,
  };
}

/** The queue, where it is fed by the topic's own identity in the schema that the app reads. */
function queueOf(native: EventSubscription): StorageQueueEventSubscriptionDestination | null {
  const { identity, destination } = native.deliveryWithResourceIdentity ?? {};
  if (identity?.type !== "SystemAssigned" || destination?.endpointType !== "StorageQueue") return null;
  // The SDK's union has a member for kinds to come, which keeps the compiler from telling the kinds apart.
  return native.eventDeliverySchema === eventDeliverySchema
    ? (destination as StorageQueueEventSubscriptionDestination)
    : null;
}

function deadLetterContainer(native: EventSubscription): string | null {
  const destination = native.deadLetterWithResourceIdentity?.deadLetterDestination;
  if (destination?.endpointType !== "StorageBlob") return null;
  return (destination as StorageBlobDeadLetterDestination).blobContainerName ?? null;
}

/** Filters hold all at once: beside another one, or one on the subject, none of ours is sure to be admitted. */
function admittedNames(filter: EventSubscriptionFilter | undefined): string[] {
  const [only, ...others] = filter?.advancedFilters ?? [];
  const bySubject = Boolean(filter?.subjectBeginsWith || filter?.subjectEndsWith);
  if (only?.operatorType !== "StringIn" || others.length > 0 || bySubject) return [];
  return isSame(only.key, operationNameKey) ? ((only as StringInAdvancedFilter).values ?? []) : [];
}

function deadLetterOf(body: ResourceBodies[Type]): DeadLetterWithResourceIdentity | undefined {
  if (body.deadLetterContainer === null) return undefined;
  return {
    identity: { type: "SystemAssigned" },
    deadLetterDestination: {
      endpointType: "StorageBlob",
      resourceId: body.storageAccountId,
      blobContainerName: body.deadLetterContainer,
    },
  };
}

function requireFewNames({ id, body }: DesiredResource<Type>): void {
  if (body.operationNames.length <= mostFilterValues) return;
  throw new RefusedError({
    code: "TooManyOperationNames",
    message: `Event Grid filters by ${mostFilterValues} values at most, and ${body.operationNames.length} operation names are asked for.`,
    resourceId: id,
    remedy: "Ask for fewer operations.",
  });
}
