import type { Engine } from "../engine/engine.ts";
import type { EndedChange } from "../operations/ended-change.ts";
import type { EventSubscriptionProperties } from "../platform/event-grid/event-subscription-properties.ts";
import type { Resource } from "../resource.ts";
import { isWithin } from "../resource-id.ts";
import { attemptDelivery } from "./attempt-delivery.ts";
import type { Delivery } from "./delivery.ts";
import { DeliverySchedule } from "./delivery-schedule.ts";
import { DeliveryStore } from "./delivery-store.ts";
import { wantsEvent } from "./event-filter.ts";
import { type EventTroubles, noTroubles, waitOf } from "./event-troubles.ts";
import { type ResourceEvent, resourceEvent } from "./resource-event.ts";

const topicType = "Microsoft.EventGrid/systemTopics";
const subscriptionType = `${topicType}/eventSubscriptions`;
/** Topics whose events local Azure makes: the changes of resources. */
const publishing = ["Microsoft.Resources.Subscriptions", "Microsoft.Resources.ResourceGroups"];

const atOnce = 8;
const batch = 64;
const longestTimer = 2 ** 31 - 1;

/**
 * Event Grid: makes events of ended changes, keeps what is to be delivered, and delivers it after the call has its
 * answer, again and again until it arrives or is given up. At least once, in no order.
 */
export class EventGrid {
  readonly #engine: Engine;
  readonly #store: DeliveryStore;
  readonly #schedule: DeliverySchedule;
  #troubles: EventTroubles = noTroubles;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #stopped = false;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#store = new DeliveryStore(engine.database);
    this.#schedule = new DeliverySchedule(engine.speed);
    engine.changes.listen((change) => this.#tryToPublish(change));
  }

  /** Takes up what an earlier process left. */
  start(): void {
    this.#arm();
  }

  /** Ends the attempts under way; what was not delivered stays for the next process. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#working;
  }

  /** All deliveries that are remembered, oldest first. */
  deliveries(): readonly Delivery[] {
    return this.#store.all();
  }

  order(troubles: EventTroubles): void {
    this.#troubles = troubles;
  }

  clear(): void {
    this.#troubles = noTroubles;
    this.#store.clear();
  }

  /**
   * Delivers anew what was dead-lettered or dropped, or all that was published since a time.
   * @returns how many
   */
  replay(since: number | undefined): number {
    const again = this.#store
      .all()
      .filter(({ status, publishedAt }) =>
        since === undefined ? status === "DeadLettered" || status === "Dropped" : publishedAt >= since,
      );
    for (const { event, eventSubscriptionId } of again) this.#add(event, eventSubscriptionId);
    return again.length;
  }

  /** A defect here must not undo the change that it tells of. */
  #tryToPublish(change: EndedChange): void {
    try {
      this.#publish(change);
    } catch (defect) {
      this.#engine.report(defect);
    }
  }

  #publish(change: EndedChange): void {
    const topics = this.#topicsOf(change.resourceId);
    if (topics.length === 0) return;
    const event = resourceEvent(this.#engine, change);
    if (event === undefined) return;
    for (const topic of topics) {
      for (const subscription of this.#engine.resources.list(subscriptionType, topic.id)) {
        if (!isListening(subscription)) continue;
        const properties = subscription.body.properties as unknown as EventSubscriptionProperties;
        if (wantsEvent(properties, event)) this.#add(event, subscription.id);
      }
    }
  }

  #topicsOf(resourceId: string): readonly Resource[] {
    return this.#engine.resources.list(topicType).filter(({ body }) => {
      const { source, topicType: kind } = body.properties;
      return publishing.includes(String(kind)) && isWithin(resourceId, String(source));
    });
  }

  #add(event: ResourceEvent, eventSubscriptionId: string): void {
    const now = Date.now();
    this.#store.add({
      event,
      eventSubscriptionId,
      status: this.#troubles.deadLetter ? "DeadLettering" : "Pending",
      attempts: 0,
      publishedAt: now,
      dueAt: now + waitOf(this.#troubles),
      lastAttemptAt: null,
      lastError: null,
      deadLetterReason: this.#troubles.deadLetter ? "Ordered" : null,
    });
    this.#arm();
  }

  /** Sets the timer for what is due next. It never runs within the caller's own turn. */
  #arm(): void {
    if (this.#stopped || this.#working !== undefined) return;
    clearTimeout(this.#timer);
    const next = this.#store.nextDue();
    if (next === undefined) return;
    this.#timer = setTimeout(() => this.#work(), Math.min(Math.max(0, next - Date.now()), longestTimer));
  }

  #work(): void {
    this.#working = this.#deliverDue()
      .catch((defect: unknown) => this.#engine.report(defect))
      .then(() => {
        this.#working = undefined;
        this.#arm();
      });
  }

  async #deliverDue(): Promise<void> {
    for (let due = this.#store.due(Date.now(), batch); due.length > 0; due = this.#store.due(Date.now(), batch)) {
      for (let from = 0; from < due.length; from += atOnce) {
        if (this.#stopped) return;
        await Promise.all(due.slice(from, from + atOnce).map((delivery) => this.#attempt(delivery)));
      }
    }
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const { failDeliveries, duplicate } = this.#troubles;
    const fails = delivery.status === "Pending" && failDeliveries > 0;
    if (fails) this.#troubles = { ...this.#troubles, failDeliveries: failDeliveries - 1 };
    const trouble = { fails, copies: 1 + duplicate };
    this.#store.update(await attemptDelivery(this.#engine, this.#schedule, delivery, trouble));
  }
}

/** A subscription that failed or goes hears nothing; one that is being changed hears all the same. */
function isListening({ provisioningState }: Resource): boolean {
  return provisioningState === "Succeeded" || provisioningState === "Updating";
}
