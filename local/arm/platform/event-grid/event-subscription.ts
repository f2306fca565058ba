import { z } from "zod";
import { ArmError } from "../../arm-error.ts";
import { notModelled } from "../../errors/request-errors.ts";
import { isJsonObject } from "../../json.ts";
import type { ResourceBody } from "../../resource.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { WriteContext } from "../../world.ts";
import { envelope } from "../envelope.ts";
import { parseShape, word } from "../shape.ts";

const queue = z.strictObject({
  endpointType: z.literal("StorageQueue"),
  properties: z.strictObject({
    resourceId: z.string(),
    queueName: z.string(),
    queueMessageTimeToLiveInSeconds: z.int().optional(),
  }),
});

const schema = z.strictObject({
  destination: queue.optional(),
  deliveryWithResourceIdentity: z
    .strictObject({ identity: z.strictObject({ type: z.literal("SystemAssigned") }), destination: queue })
    .optional(),
  eventDeliverySchema: word(["EventGridSchema", "CloudEventSchemaV1_0"]).default("EventGridSchema"),
  filter: z
    .strictObject({
      includedEventTypes: z.array(z.string()).optional(),
      subjectBeginsWith: z.string().default(""),
      subjectEndsWith: z.string().default(""),
      isSubjectCaseSensitive: z.boolean().optional(),
      enableAdvancedFilteringOnArrays: z.boolean().optional(),
      advancedFilters: z
        .array(
          z.strictObject({
            operatorType: z.string(),
            key: z.string(),
            value: z.unknown().optional(),
            values: z.array(z.unknown()).optional(),
          }),
        )
        .max(25)
        .optional(),
    })
    .optional(),
  labels: z.array(z.string()).default([]),
  retryPolicy: z
    .strictObject({
      maxDeliveryAttempts: z.int().min(1).max(30).default(30),
      eventTimeToLiveInMinutes: z.int().min(1).max(1440).default(1440),
    })
    .default({ maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }),
});

const invalidRequest = (message: string) => new ArmError(400, "InvalidRequest", message);

/** Where the events of a system topic go: a storage queue, with or without the topic's own identity. */
export const systemTopicEventSubscription: ResourceType = {
  type: "Microsoft.EventGrid/systemTopics/eventSubscriptions",
  scope: "resourceGroup",
  apiVersions: ["2022-06-15", "2025-02-15"],
  namePattern: /^[A-Za-z0-9-]{3,64}$/,
  list: { by: ["parent"] },
  put: {
    operationName: "PutEventSubscriptionOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 10, update: 5 },
    prepare,
  },
  remove: { longRunning: "location", seconds: 10 },
};

function prepare(context: WriteContext, body: ResourceBody): ResourceBody {
  envelope("event subscriptions", body);
  refuseOtherDestinations(body);
  const given = parseShape("EventSubscriptionProperties", body.properties, schema, {
    readOnly: ["provisioningState", "topic"],
    unmodelled: ["deadLetterDestination", "deadLetterWithResourceIdentity", "expirationTimeUtc"],
    refuse: (path, message) => invalidRequest(`Property ${path} of the event subscription is invalid. ${message}`),
  });
  const destination = given.deliveryWithResourceIdentity?.destination ?? given.destination;
  if (destination === undefined) throw invalidRequest("The destination of the event subscription is missing.");
  if (given.deliveryWithResourceIdentity !== undefined && context.parent?.body.identity?.type !== "SystemAssigned") {
    throw invalidRequest("The system topic has no identity to deliver with.");
  }
  context.reference(destination.properties.resourceId, {
    type: "Microsoft.Storage/storageAccounts",
    joinAction: false,
  });
  return { properties: { ...given, topic: context.parent?.body.properties.source } };
}

function refuseOtherDestinations({ properties }: ResourceBody): void {
  const delivery = properties.deliveryWithResourceIdentity;
  const all = [properties.destination, isJsonObject(delivery) ? delivery.destination : undefined];
  for (const destination of all) {
    if (!isJsonObject(destination) || destination.endpointType === "StorageQueue") continue;
    throw notModelled(`event subscriptions with the destination '${String(destination.endpointType)}'`);
  }
}
