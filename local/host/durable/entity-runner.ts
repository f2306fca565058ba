import type { FunctionRegistry } from "../core/function-registry.ts";
import type { Invoke } from "../core/invoker.ts";
import type { Database } from "./store/database.ts";
import {
  commitEntity,
  type EntityCommit,
  type EntityWork,
  entityAddress,
  loadEntityWork,
  parseEntityAddress,
} from "./store/entities.ts";

/** What running entity operations needs. */
export interface EntityRunner {
  database: Database;
  registry: FunctionRegistry;
  invoke: Invoke;
  /** The longest batch an entity function is given at once. */
  longestBatch: number;
  onFailed(entityId: string, error: unknown): void;
}

/** What an entity function answers to a batch; states and results are JSON texts. */
interface EntityReply {
  entityExists: boolean;
  entityState?: string;
  results: { isError: boolean; result?: string }[];
  signals: { target: { name: string; key: string }; name: string; input: string; requestId?: string }[];
}

/** Whom a batch gave something to do. */
type EntityWoken = ReturnType<typeof commitEntity>;

/** Runs the operations that wait for an entity, in their order. @returns whom it woke */
export async function runEntity(runner: EntityRunner, entityId: string): Promise<EntityWoken> {
  const work = loadEntityWork(runner.database, entityId, runner.longestBatch);
  if (work.batch.length === 0) {
    return { instances: [], entities: [] };
  }
  const commit = await outcomeOf(runner, entityId, work);
  const woken = commitEntity(runner.database, commit);
  return { ...woken, entities: [...woken.entities, entityId] };
}

async function outcomeOf(runner: EntityRunner, entityId: string, work: EntityWork): Promise<EntityCommit> {
  const { exists, state, batch } = work;
  const common = { entityId, batch, now: Date.now() };
  try {
    const reply = await invokeEntity(runner, entityId, work);
    const replies = batch.map(({ message: to }, index) => {
      const { result, isError = true } = reply.results[index] ?? {};
      return { to, result, isError };
    });
    const signals = reply.signals.map(({ target, name, input, requestId = "" }) => ({
      entityId: entityAddress(target.name, target.key),
      message: { id: requestId, name, input, isSignal: true },
    }));
    return { ...common, exists: reply.entityExists, state: reply.entityState ?? null, replies, signals };
  } catch (error) {
    runner.onFailed(entityId, error);
    const result = JSON.stringify(error instanceof Error ? error.message : String(error));
    const replies = batch.map(({ message: to }) => ({ to, result, isError: true }));
    return { ...common, exists, state, replies, signals: [] };
  }
}

async function invokeEntity(
  { registry, invoke }: EntityRunner,
  entityId: string,
  { exists, state, batch }: EntityWork,
): Promise<EntityReply> {
  const self = parseEntityAddress(entityId);
  const entity = registry.find(self.name, "entityTrigger");
  if (!entity) {
    throw new Error(`The function '${self.name}' doesn't exist or is not an entity function.`);
  }
  const operations = batch.map(({ message: { id, name, input, isSignal } }) => ({ id, name, input, isSignal }));
  const binding = { self, exists, ...(state === null ? {} : { state }), batch: operations };
  const { returnValue } = await invoke(entity, { string: JSON.stringify(binding) });
  return JSON.parse(returnValue?.json ?? returnValue?.string ?? "null") as EntityReply;
}
