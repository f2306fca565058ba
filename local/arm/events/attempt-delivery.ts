import type { Engine } from "../engine/engine.ts";
import { deadLetterName, deadLetterText } from "./dead-letter.ts";
import type { Delivery } from "./delivery.ts";
import type { DeliverySchedule } from "./delivery-schedule.ts";
import {
  DeliveryFailure,
  type StandingSubscription,
  sendToQueue,
  standingSubscription,
  writeDeadLetter,
} from "./event-destination.ts";
import { inSchema } from "./event-schema.ts";

/** What is wrong with one attempt, by order. */
export interface AttemptTrouble {
  readonly fails: boolean;
  /** Messages that a successful attempt sends. */
  readonly copies: number;
}

/** Makes one attempt, at delivery or at the dead letter, and tells how the delivery stands then. */
export async function attemptDelivery(
  engine: Engine,
  schedule: DeliverySchedule,
  delivery: Delivery,
  trouble: AttemptTrouble,
): Promise<Delivery> {
  const subscription = standingSubscription(engine, delivery.eventSubscriptionId);
  if (subscription === undefined) return dropped(delivery, "The event subscription does not stand any more.");
  return delivery.status === "DeadLettering"
    ? deadLetter(engine, schedule, delivery, subscription)
    : send(engine, schedule, delivery, subscription, trouble);
}

async function send(
  engine: Engine,
  schedule: DeliverySchedule,
  delivery: Delivery,
  subscription: StandingSubscription,
  { fails, copies }: AttemptTrouble,
): Promise<Delivery> {
  const now = Date.now();
  const { eventDeliverySchema, retryPolicy } = subscription.properties;
  if (now - delivery.publishedAt > schedule.timeToLive(retryPolicy.eventTimeToLiveInMinutes)) {
    return givenUp(schedule, subscription, delivery, "TimeToLiveExceeded");
  }
  const tried = { ...delivery, attempts: delivery.attempts + 1, lastAttemptAt: now };
  try {
    if (fails) throw new DeliveryFailure("The failure was ordered.");
    const text = Buffer.from(JSON.stringify(inSchema(delivery.event, eventDeliverySchema))).toString("base64");
    for (let copy = 0; copy < copies; copy += 1) await sendToQueue(engine, subscription, text);
    return { ...tried, status: "Delivered", dueAt: null };
  } catch (error) {
    if (!(error instanceof DeliveryFailure)) engine.report(error);
    const failed = { ...tried, lastError: error instanceof Error ? error.message : String(error) };
    if (error instanceof DeliveryFailure && error.permanent) {
      return givenUp(schedule, subscription, failed, "UndeliverableDueToClientError");
    }
    if (failed.attempts >= retryPolicy.maxDeliveryAttempts) {
      return givenUp(schedule, subscription, failed, "MaxDeliveryAttemptsExceeded");
    }
    return { ...failed, dueAt: Date.now() + schedule.pauseAfter(failed.attempts) };
  }
}

function givenUp(
  schedule: DeliverySchedule,
  { properties }: StandingSubscription,
  delivery: Delivery,
  deadLetterReason: string,
): Delivery {
  if (properties.deadLetterWithResourceIdentity === undefined) {
    return { ...dropped(delivery, delivery.lastError ?? deadLetterReason), deadLetterReason };
  }
  return { ...delivery, status: "DeadLettering", deadLetterReason, dueAt: Date.now() + schedule.deadLetterPause };
}

async function deadLetter(
  engine: Engine,
  schedule: DeliverySchedule,
  delivery: Delivery,
  subscription: StandingSubscription,
): Promise<Delivery> {
  const name = deadLetterName(subscription.name, new Date());
  try {
    const text = deadLetterText(delivery, subscription.properties.eventDeliverySchema);
    const written = await writeDeadLetter(engine, subscription, name, text);
    return written ? { ...delivery, status: "DeadLettered", dueAt: null } : dropped(delivery, "No dead letters.");
  } catch (error) {
    if (!(error instanceof DeliveryFailure)) engine.report(error);
    const lastError = error instanceof Error ? error.message : String(error);
    const since = delivery.lastAttemptAt ?? delivery.publishedAt;
    const patient = Date.now() - since < schedule.deadLetterPatience;
    if (!patient || (error instanceof DeliveryFailure && error.permanent)) return dropped(delivery, lastError);
    return { ...delivery, lastError, dueAt: Date.now() + schedule.deadLetterPause };
  }
}

function dropped(delivery: Delivery, lastError: string): Delivery {
  return { ...delivery, status: "Dropped", lastError, dueAt: null };
}
