import type { FunctionRegistry } from "../core/function-registry.ts";
import type { Invoke } from "../core/invoker.ts";
import type { QueueConfiguration } from "./queue-configuration.ts";
import { queueConnection } from "./queue-connection.ts";
import { QueueListener } from "./queue-listener.ts";

const poisonSuffix = "-poison";

/** The app's queue functions, fed from their queues. */
export interface QueueTriggers {
  start(): void;
  stop(): Promise<void>;
}

/**
 * Makes a listener for each queue function.
 * @throws AppLoadError where a function's connection or queue cannot be resolved
 */
export async function createQueueTriggers(
  registry: FunctionRegistry,
  invoke: Invoke,
  configuration: QueueConfiguration,
  settings: NodeJS.ProcessEnv,
  log: (message: string, error?: unknown) => void,
): Promise<QueueTriggers> {
  const functions = registry
    .list("queueTrigger")
    .map((registered) => ({ registered, ...queueConnection(registered, settings) }));
  const listeners: QueueListener[] = [];
  if (functions.length > 0) {
    const { QueueServiceClient } = await import("@azure/storage-queue");
    for (const { registered, queueName, connectionString } of functions) {
      const service = QueueServiceClient.fromConnectionString(connectionString);
      const queue = service.getQueueClient(queueName);
      const poisonQueue = queueName.endsWith(poisonSuffix)
        ? undefined
        : service.getQueueClient(`${queueName}${poisonSuffix}`);
      listeners.push(new QueueListener({ registered, queue, poisonQueue, configuration, invoke, log }));
    }
  }
  return {
    start: () => {
      for (const listener of listeners) listener.start();
    },
    stop: async () => {
      await Promise.all(listeners.map((listener) => listener.stop()));
    },
  };
}
