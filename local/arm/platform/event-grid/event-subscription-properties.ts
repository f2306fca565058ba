import { z } from "zod";
import { ArmError } from "../../arm-error.ts";
import { notModelled } from "../../errors/request-errors.ts";
import { advancedFilterOperators } from "../../events/advanced-filter.ts";
import { isJsonObject, type JsonObject } from "../../json.ts";
import { parseShape, word } from "../shape.ts";

const queue = z.strictObject({
  endpointType: z.literal("StorageQueue"),
  properties: z.strictObject({
    resourceId: z.string(),
    queueName: z.string(),
    queueMessageTimeToLiveInSeconds: z.int().optional(),
  }),
});
const container = z.strictObject({
  endpointType: z.literal("StorageBlob"),
  properties: z.strictObject({ resourceId: z.string(), blobContainerName: z.string() }),
});
const identity = z.strictObject({ type: z.literal("SystemAssigned") });

const schema = z.strictObject({
  destination: queue.optional(),
  deliveryWithResourceIdentity: z.strictObject({ identity, destination: queue }).optional(),
  deadLetterWithResourceIdentity: z.strictObject({ identity, deadLetterDestination: container }).optional(),
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
            operatorType: word(advancedFilterOperators),
            key: z.string(),
            value: z.unknown().optional(),
            values: z.array(z.unknown()).optional(),
          }),
        )
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

export type EventSubscriptionProperties = z.infer<typeof schema>;
export type StorageQueueDestination = z.infer<typeof queue>;

export const invalidRequest = (message: string) => new ArmError(400, "InvalidRequest", message);

/**
 * Reads the properties of an event subscription.
 * @throws ArmError 400 for a wrong value or too many filters, 501 for what local Azure does not model
 */
export function parseEventSubscription(properties: JsonObject): EventSubscriptionProperties {
  refuseOtherDestinations(properties);
  const given = parseShape("EventSubscriptionProperties", properties, schema, {
    readOnly: ["provisioningState", "topic"],
    unmodelled: ["deadLetterDestination", "expirationTimeUtc"],
    refuse: (path, message) => invalidRequest(`Property ${path} of the event subscription is invalid. ${message}`),
  });
  refuseTooManyFilters(given.filter?.advancedFilters ?? []);
  return given;
}

function refuseOtherDestinations(properties: JsonObject): void {
  const delivery = properties.deliveryWithResourceIdentity;
  const all = [properties.destination, isJsonObject(delivery) ? delivery.destination : undefined];
  for (const destination of all) {
    if (!isJsonObject(destination) || destination.endpointType === "StorageQueue") continue;
    throw notModelled(`event subscriptions with the destination '${String(destination.endpointType)}'`);
  }
}

/** Event Grid, "Understand event filtering", Limitations: 25 filters, 25 values in all of them, 512 characters a text. */
function refuseTooManyFilters(filters: readonly { value?: unknown; values?: readonly unknown[] | undefined }[]): void {
  const values = filters.flatMap(({ value, values: several }) => several ?? [value]);
  if (filters.length > 25 || values.length > 25) {
    throw invalidRequest("An event subscription takes 25 advanced filters, and 25 filter values across all of them.");
  }
  if (values.some((value) => typeof value === "string" && value.length > 512)) {
    throw invalidRequest("A value of an advanced filter takes 512 characters.");
  }
}
