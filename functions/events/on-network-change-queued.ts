import { app } from "@azure/functions";
import * as df from "durable-functions";
import type { Composition } from "../composition.ts";
import { networkEventsQueue } from "../settings/network-events-queue.ts";
import { takeNetworkEvent } from "./take-network-event.ts";

/**
 * Storage queue function `onNetworkChangeQueued`: the queue that Event Grid fills as the topic's own identity, which
 * delivers to queues and not to functions. A message that fails is tried again and at last put into the poison queue.
 */
export function registerOnNetworkChangeQueued(
  compose: Composition,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const queue = networkEventsQueue(environment);
  if (queue === null) return;
  app.storageQueue("onNetworkChangeQueued", {
    queueName: queue.queueName,
    connection: queue.connection,
    extraInputs: [df.input.durableClient()],
    handler: (message, context) => takeNetworkEvent(compose, message, context),
  });
}
