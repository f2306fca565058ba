import { randomUUID } from "node:crypto";
import type { Delivery } from "./delivery.ts";
import { type EventDeliverySchema, inSchema } from "./event-schema.ts";
import { azureTime } from "./resource-event.ts";

/**
 * Name of the blob of a dead letter: the subscription in upper case, then year, month, day and hour without leading
 * zeros. Source: Event Grid, "Set dead-letter location and retry policy".
 */
export function deadLetterName(subscriptionName: string, at: Date): string {
  const hour = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCHours()].join("/");
  return `${subscriptionName.toUpperCase()}/${hour}/${randomUUID()}.json`;
}

/**
 * Content of a dead letter: the event in an array, with what became of it.
 * Source: "Event Grid message delivery and retry", sections "Dead-letter events" and its CloudEvents example.
 */
export function deadLetterText(delivery: Delivery, schema: EventDeliverySchema): string {
  const { event, attempts, deadLetterReason, lastError, publishedAt, lastAttemptAt } = delivery;
  const fate = {
    deadLetterReason,
    deliveryAttempts: attempts,
    lastDeliveryOutcome: outcomeOf(lastError),
    publishTime: azureTime(new Date(publishedAt)),
    lastDeliveryAttemptTime: azureTime(new Date(lastAttemptAt ?? publishedAt)),
  };
  const named =
    schema === "EventGridSchema"
      ? fate
      : Object.fromEntries(Object.entries(fate).map(([name, value]) => [name.toLowerCase(), value]));
  return JSON.stringify([{ ...inSchema(event, schema), ...named }]);
}

function outcomeOf(lastError: string | null): string {
  if (lastError === null) return "NotAttempted";
  return /AuthorizationPermissionMismatch|KeyBased/.test(lastError) ? "Unauthorized" : "GenericError";
}
