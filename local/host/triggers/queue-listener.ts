import { setTimeout as sleep } from "node:timers/promises";
import type { DequeuedMessageItem, QueueClient } from "@azure/storage-queue";
import type { RegisteredFunction } from "../core/function-registry.ts";
import type { Invoke } from "../core/invoker.ts";
import type { QueueConfiguration } from "./queue-configuration.ts";
import { decodedText, queueMetadata } from "./queue-message.ts";

/** How long the Functions host hides a message while its function runs; renewed at half of the time. */
const hiddenSeconds = 600;
const shortestPause = 100;

/** What a listener works with. */
export interface QueueListenerParts {
  readonly registered: RegisteredFunction;
  readonly queue: QueueClient;
  /** Undefined for a queue that is a poison queue itself. */
  readonly poisonQueue: QueueClient | undefined;
  readonly configuration: QueueConfiguration;
  readonly invoke: Invoke;
  readonly log: (message: string, error?: unknown) => void;
}

/**
 * Feeds one function from its queue as the storage extension does (Microsoft.Azure.WebJobs.Extensions.Storage.Queues):
 * batches, a pause that grows while nothing comes, deletion after success, another try after failure, the poison queue in
 * the end. A queue that does not stand is waited for; the host makes only poison queues.
 */
export class QueueListener {
  readonly #parts: QueueListenerParts;
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  constructor(parts: QueueListenerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#loop = this.#listen();
  }

  /** Fetches no more; resolves when what runs has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
    await Promise.all(this.#running);
  }

  async #listen(): Promise<void> {
    const { batchSize, newBatchThreshold = Math.floor(batchSize / 2), maxPollingInterval } = this.#parts.configuration;
    for (let emptyPolls = 0; !this.#stop.signal.aborted; ) {
      const messages = await this.#receive(batchSize);
      for (const message of messages) this.#begin(message);
      emptyPolls = messages.length > 0 ? 0 : emptyPolls + 1;
      if (emptyPolls > 0) await this.#pause(Math.min(maxPollingInterval, shortestPause * 2 ** (emptyPolls - 1)));
      while (this.#running.size > newBatchThreshold && !this.#stop.signal.aborted) await Promise.race(this.#running);
    }
  }

  /** A batch; nothing where the queue does not stand or cannot be reached now. */
  async #receive(numberOfMessages: number): Promise<readonly DequeuedMessageItem[]> {
    const { queue, log } = this.#parts;
    const options = { numberOfMessages, visibilityTimeout: hiddenSeconds, abortSignal: this.#stop.signal };
    try {
      return (await queue.receiveMessages(options)).receivedMessageItems;
    } catch (error) {
      if (!this.#stop.signal.aborted && codeOf(error) !== "QueueNotFound") {
        log(`The queue "${queue.name}" cannot be read.`, error);
      }
      return [];
    }
  }

  #begin(message: DequeuedMessageItem): void {
    const { log, queue } = this.#parts;
    const work = this.#process(message)
      .catch((error: unknown) => log(`A message of the queue "${queue.name}" is left to its timeout.`, error))
      .finally(() => this.#running.delete(work));
    this.#running.add(work);
  }

  async #process(message: DequeuedMessageItem): Promise<void> {
    const { registered, configuration, invoke, log } = this.#parts;
    if (message.dequeueCount > configuration.maxDequeueCount) return this.#poison(message, message.popReceipt);
    const text = decodedText(message.messageText, configuration.messageEncoding);
    if (text === undefined) {
      log(`A message of the queue "${this.#parts.queue.name}" is not Base64.`);
      return this.#poison(message, message.popReceipt);
    }
    const hidden = this.#keepHidden(message);
    let failed = false;
    try {
      await invoke(registered, { string: text }, queueMetadata(message, text));
    } catch (error) {
      log(`Function "${registered.name}" failed.`, error);
      failed = true;
    }
    const receipt = await hidden.end();
    if (!failed) return this.#tolerant(() => this.#parts.queue.deleteMessage(message.messageId, receipt));
    if (message.dequeueCount >= configuration.maxDequeueCount) return this.#poison(message, receipt);
    return this.#release(message, receipt);
  }

  /** Renews the message's timeout while its function runs; `end` tells the receipt that holds then. */
  #keepHidden({ messageId, popReceipt, messageText }: DequeuedMessageItem): { end(): Promise<string> } {
    let receipt = popReceipt;
    let renewal = Promise.resolve();
    const timer = setInterval(
      () => {
        renewal = renewal.then(async () => {
          const { queue, log } = this.#parts;
          await queue.updateMessage(messageId, receipt, messageText, hiddenSeconds).then(
            (renewed) => {
              receipt = renewed.popReceipt ?? receipt;
            },
            (error: unknown) => log(`A message of the queue "${queue.name}" could not be kept hidden.`, error),
          );
        });
      },
      (hiddenSeconds / 2) * 1000,
    );
    return {
      end: async () => {
        clearInterval(timer);
        await renewal;
        return receipt;
      },
    };
  }

  /** Lets somebody else try. What failed in a poison queue stays hidden, lest it comes again at once without end. */
  async #release({ messageId, messageText }: DequeuedMessageItem, receipt: string): Promise<void> {
    const { queue, poisonQueue, configuration } = this.#parts;
    if (poisonQueue === undefined) return;
    const seconds = Math.round(configuration.visibilityTimeout / 1000);
    await this.#tolerant(() => queue.updateMessage(messageId, receipt, messageText, seconds));
  }

  async #poison({ messageId, messageText }: DequeuedMessageItem, receipt: string): Promise<void> {
    const { queue, poisonQueue, log } = this.#parts;
    if (poisonQueue === undefined) return;
    log(`A message of the queue "${queue.name}" is moved to "${poisonQueue.name}".`);
    await poisonQueue.createIfNotExists();
    await poisonQueue.sendMessage(messageText, { messageTimeToLive: -1 });
    await this.#tolerant(() => queue.deleteMessage(messageId, receipt));
  }

  /** Who took the message over in the meantime, or deleted it, is right. */
  async #tolerant(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!["PopReceiptMismatch", "MessageNotFound", "QueueNotFound", "QueueBeingDeleted"].includes(codeOf(error))) {
        throw error;
      }
    }
  }

  async #pause(milliseconds: number): Promise<void> {
    // A stop ends the pause by a rejection.
    await sleep(milliseconds, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}
