import { app, type InvocationContext } from "@azure/functions";
import * as df from "durable-functions";
import type { UndeliveredBatch } from "../../shared/azure/undelivered-events.ts";
import type { NetworkEventSettings } from "../../shared/domain/platform-configuration.ts";
import type { Composition } from "../composition.ts";
import { takeNetworkEvent } from "../events/take-network-event.ts";
import { networkEventsStorage } from "../settings/network-events-storage.ts";

/**
 * Timer `replayNetworkEvents`: takes in what did not arrive, from the dead letters of Event Grid and from the poison queue.
 * An event that was taken before changes nothing; a batch is struck out when each of its events was taken.
 */
export function registerReplayNetworkEvents(
  compose: Composition,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  app.timer("replayNetworkEvents", {
    schedule: "0 25 * * * *",
    extraInputs: [df.input.durableClient()],
    handler: async (_timer, context) => {
      const { networkEvents } = await compose.configuration();
      if (networkEvents === null) return;
      for await (const batch of undelivered(environment, networkEvents)) {
        await take(compose, context, batch);
      }
    },
  });
}

async function* undelivered(
  environment: Readonly<Record<string, string | undefined>>,
  { queueName, deadLetterContainer }: NetworkEventSettings,
): AsyncGenerator<UndeliveredBatch> {
  const storage = networkEventsStorage(environment);
  if (storage === null) throw new Error("The setting NetworkEvents (or NetworkEvents__queueServiceUri) is missing");
  const { deadLetters, poisonMessages } = await import("../../shared/azure/undelivered-events.ts");
  const { queueServiceClient } = await import("../../shared/azure/queue-service.ts");
  yield* poisonMessages((await queueServiceClient(storage.queues)).getQueueClient(`${queueName}-poison`));
  if (deadLetterContainer === null) return;
  const { blobServiceClient } = await import("../../shared/azure/blob-service.ts");
  yield* deadLetters((await blobServiceClient(storage.blobs)).getContainerClient(deadLetterContainer));
}

async function take(
  compose: Composition,
  context: InvocationContext,
  { place, events, settle }: UndeliveredBatch,
): Promise<void> {
  if (events === null) {
    context.warn(`${place} is no event: it stays there for somebody to look at.`);
    return;
  }
  for (const event of events) await takeNetworkEvent(compose, event, context);
  await settle();
  context.log(`${place}: ${events.length} event(s) taken in.`);
}
