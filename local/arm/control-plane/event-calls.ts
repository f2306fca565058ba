import { z } from "zod";
import type { Delivery } from "../events/delivery.ts";
import type { EventGrid } from "../events/event-grid.ts";
import { noTroubles } from "../events/event-troubles.ts";
import { type ControlAnswer, type ControlCall, json, refusal } from "./control-answer.ts";

const troubles = z.strictObject({
  duplicate: z.int().min(0).max(100).default(noTroubles.duplicate),
  shuffle: z.boolean().default(noTroubles.shuffle),
  delaySeconds: z.number().nonnegative().default(noTroubles.delaySeconds),
  failDeliveries: z.int().nonnegative().default(noTroubles.failDeliveries),
  deadLetter: z.boolean().default(noTroubles.deadLetter),
});

const replay = z.strictObject({ since: z.iso.datetime({ offset: true }).optional() });

/** Answers `/_local/events…`; undefined where the call is none of these. */
export function answerEventCall(events: EventGrid, call: ControlCall): ControlAnswer | undefined {
  switch (`${call.method} ${call.name}`) {
    case "GET events":
      return { status: 200, body: { value: events.deliveries().map(shown) } };
    case "POST events": {
      const parsed = troubles.safeParse(json(call.text));
      if (!parsed.success) return refusal(400, z.prettifyError(parsed.error));
      events.order(parsed.data);
      return { status: 201, body: parsed.data };
    }
    case "DELETE events":
      events.order(noTroubles);
      return { status: 204 };
    case "POST events/replay": {
      const parsed = replay.safeParse(json(call.text === "" ? "{}" : call.text));
      if (!parsed.success) return refusal(400, z.prettifyError(parsed.error));
      const { since } = parsed.data;
      return { status: 200, body: { replayed: events.replay(since === undefined ? undefined : Date.parse(since)) } };
    }
    default:
      return undefined;
  }
}

function shown(delivery: Delivery): Record<string, unknown> {
  const { event, eventSubscriptionId, status, attempts, lastError, deadLetterReason, dueAt } = delivery;
  return {
    time: event.time,
    subscriptionId: event.topic.split("/").pop(),
    topic: eventSubscriptionId.split("/").slice(0, -2).join("/"),
    eventSubscription: eventSubscriptionId,
    event,
    status,
    attempts,
    nextAttempt: dueAt === null ? null : new Date(dueAt).toISOString(),
    lastError,
    deadLetterReason,
  };
}
