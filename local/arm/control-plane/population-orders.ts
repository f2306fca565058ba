import { z } from "zod";
import type { Engine } from "../engine/engine.ts";
import { isJsonObject } from "../json.ts";
import { addSubscriptions } from "../population/add-subscriptions.ts";
import { isPopulation, populateResources } from "../population/populate-resources.ts";
import type { AppRole } from "../seed/app-roles.ts";
import { type ControlAnswer, json, ordered, refusal } from "./control-answer.ts";

const subscriptionsOrder = z.strictObject({ subscriptionIds: z.array(z.guid()).min(1) });

/** `POST /_local/subscriptions`: landing zones beside those of the seed. */
export function orderSubscriptions(engine: Engine, roles: readonly AppRole[], text: string): ControlAnswer {
  return ordered(subscriptionsOrder, text, ({ subscriptionIds }) => addSubscriptions(engine, roles, subscriptionIds));
}

/**
 * `POST /_local/resources`: resources that stand at once. Where one is refused, the answer says which and why; those
 * before it stand.
 */
export function orderResources(engine: Engine, text: string): ControlAnswer {
  const order = json(text);
  const value = isJsonObject(order) ? order.value : undefined;
  if (!Array.isArray(value) || !value.every(isPopulation)) {
    return refusal(400, '{"value": [{"id": "/subscriptions/…", "body": {}}]} is expected.');
  }
  const { stored, refused } = populateResources(engine, value);
  if (refused === undefined) return { status: 200, body: { stored } };
  const { id, error } = refused;
  return { status: error.status, body: { ...error.body, id, stored } };
}
