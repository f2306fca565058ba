import type { ContainerClient } from "@azure/storage-blob";
import type { QueueClient } from "@azure/storage-queue";

/** Events that lie together: struck out as one, once each of them was taken. */
export interface UndeliveredBatch {
  /** Where it lies, for the log. */
  readonly place: string;
  /** Null where it cannot be read: it stays for a person. */
  readonly events: readonly unknown[] | null;
  settle(): Promise<void>;
}

/**
 * What Event Grid gave up, in the blobs of the dead-letter container: each holds a list of events as they were to be
 * delivered, with the reason beside (Event Grid, "Dead letter and retry policies").
 */
export async function* deadLetters(container: ContainerClient): AsyncGenerator<UndeliveredBatch> {
  if (!(await container.exists())) return;
  for await (const { name } of container.listBlobsFlat()) {
    const blob = container.getBlobClient(name);
    const text = (await blob.downloadToBuffer()).toString("utf8");
    yield { place: name, events: listOf(text), settle: async () => void (await blob.deleteIfExists()) };
  }
}

/** Seconds for which a message that is being replayed is nobody else's. */
const replaySeconds = 60;

/** What the queue function failed at again and again, in its poison queue (Azure Functions, "Poison messages"). */
export async function* poisonMessages(queue: QueueClient): AsyncGenerator<UndeliveredBatch> {
  if (!(await queue.exists())) return;
  for (;;) {
    const { receivedMessageItems } = await queue.receiveMessages({
      numberOfMessages: 32,
      visibilityTimeout: replaySeconds,
    });
    if (receivedMessageItems.length === 0) return;
    for (const { messageId, popReceipt, messageText } of receivedMessageItems) {
      const events = listOf(Buffer.from(messageText, "base64").toString("utf8")) ?? listOf(messageText);
      const settle = async () => void (await queue.deleteMessage(messageId, popReceipt));
      yield { place: `poison message ${messageId}`, events, settle };
    }
  }
}

function listOf(text: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [value];
  } catch {
    return null;
  }
}
