import type { FunctionRegistry } from "../core/function-registry.ts";
import type { Invoke } from "../core/invoker.ts";
import { createActivityRunner } from "./activity-runner.ts";
import type { DurableConfiguration } from "./durable-configuration.ts";
import { runEntity } from "./entity-runner.ts";
import { createKeyedQueue } from "./keyed-queue.ts";
import { runTurn } from "./orchestration-runner.ts";
import type { Woken } from "./store/commit-turn.ts";
import { type Database, inTransaction } from "./store/database.ts";
import { type EntityMessage, entitiesWithMail, sendToEntity } from "./store/entities.ts";
import { type InboxMessage, instancesWithMail, post } from "./store/inbox.ts";
import { createInstance, type NewInstance } from "./store/instances.ts";
import { createTimerRunner } from "./timer-runner.ts";

/** Runs orchestrations, activities, timers and entities on one database. */
export interface DurableEngine {
  database: Database;
  /** Takes up whatever an earlier process left, and works from now on. */
  start(): void;
  /** @returns false where an instance that is not over has the id */
  startInstance(instance: NewInstance): boolean;
  /** Sends a message to an instance that runs. */
  send(instanceId: string, message: InboxMessage): void;
  signalEntity(entityId: string, message: EntityMessage): void;
  /** Starts nothing more and waits for what runs. */
  stop(): Promise<void>;
}

/** Makes the engine; nothing runs before {@link DurableEngine.start}. */
export function createDurableEngine(
  database: Database,
  registry: FunctionRegistry,
  invoke: Invoke,
  configuration: DurableConfiguration,
  log: (message: string, error?: unknown) => void,
  warn: (message: string) => void,
): DurableEngine {
  const common = { database, registry, invoke };
  const instances = createKeyedQueue(configuration.maxConcurrentOrchestratorFunctions, async (id) => {
    const onFailed = (instance: { name: string }, reason: string) =>
      log(`Orchestration "${id}" (${instance.name}) failed: ${reason}`);
    // Documented by Microsoft ("Timers in Durable Functions"), and easily missed here, where the instance ends at once.
    const onTimersLeft = ({ name }: { name: string }) =>
      warn(
        `Orchestration "${id}" (${name}) left timers open: on Azure it stays "Running" until they fire. Cancel them.`,
      );
    wake(await runTurn({ ...common, onFailed, onTimersLeft }, id));
  });
  const entities = createKeyedQueue(configuration.maxConcurrentEntityFunctions, async (id) => {
    const onFailed = (entityId: string, error: unknown) => log(`Entity "${entityId}" failed.`, error);
    const { maxEntityOperationBatchSize: longestBatch } = configuration;
    wake(await runEntity({ ...common, longestBatch, onFailed }, id));
  });
  const activities = createActivityRunner(
    database,
    registry,
    invoke,
    configuration.maxConcurrentActivityFunctions,
    instances.enqueue,
  );
  const timers = createTimerRunner(database, instances.enqueue);
  const wake = (woken: Partial<Woken>) => {
    woken.instances?.forEach(instances.enqueue);
    woken.entities?.forEach(entities.enqueue);
    if (woken.activities) {
      activities.wake();
    }
    if (woken.timers) {
      timers.wake();
    }
  };
  return {
    database,
    start: () => {
      const [waiting, addressed] = [instancesWithMail(database), entitiesWithMail(database)];
      wake({ instances: waiting, entities: addressed, activities: true, timers: true });
    },
    startInstance: (instance) => {
      const created = inTransaction(database, () => createInstance(database, instance, Date.now()));
      instances.enqueue(instance.id);
      return created;
    },
    send: (instanceId, message) => {
      post(database, instanceId, null, message);
      instances.enqueue(instanceId);
    },
    signalEntity: (entityId, message) => {
      sendToEntity(database, entityId, message);
      entities.enqueue(entityId);
    },
    stop: async () => {
      timers.stop();
      await Promise.all([activities.stop(), instances.stop(), entities.stop()]);
    },
  };
}
