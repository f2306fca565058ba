import { setTimeout as sleep } from "node:timers/promises";
import type { Engine } from "../engine/engine.ts";
import type { EndedChange } from "../operations/ended-change.ts";
import { blobContainer, storageQueue } from "../platform/storage/storage-parts.ts";
import type { BackingStorage } from "./backing-storage.ts";

const pauseMilliseconds = 250;
const attempts = 240;

/**
 * Makes the queues and containers that stand in Resource Manager stand in the storage behind as well, and takes away
 * those that are deleted: in Azure both are one.
 */
export class StorageMirror {
  readonly #engine: Engine;
  readonly #storage: BackingStorage;
  #queue: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(engine: Engine, storage: BackingStorage) {
    this.#engine = engine;
    this.#storage = storage;
    engine.changes.listen((change) => this.#note(change));
  }

  /** Makes sure of all that stand; those that came while no process listened, too. */
  start(): void {
    for (const { type } of [storageQueue, blobContainer]) {
      for (const { id } of this.#engine.resources.list(type)) this.#later(id, true);
    }
  }

  /** Takes all data of all accounts away; what stands in Resource Manager from now on comes after it. */
  empty(): void {
    this.#queue = this.#queue.then(() => this.#takeAway()).catch((error: unknown) => this.#engine.report(error));
  }

  /** Resolves when all that was asked for so far is done. */
  settled(): Promise<void> {
    return this.#queue;
  }

  stop(): void {
    this.#stopped = true;
  }

  async #takeAway(): Promise<void> {
    for (const account of this.#storage.accounts) {
      const blobs = await this.#storage.blobs(account);
      for await (const { name } of blobs.listContainers()) await blobs.deleteContainer(name);
      const queues = await this.#storage.queues(account);
      for await (const { name } of queues.listQueues()) await queues.deleteQueue(name);
    }
  }

  #note({ kind, outcome, resourceId, action }: EndedChange): void {
    if (outcome !== "Success" || kind === "Action") return;
    const type = action.slice(0, action.lastIndexOf("/"));
    if (type === storageQueue.type || type === blobContainer.type) this.#later(resourceId, kind === "Write");
  }

  /** One after another: a deletion must not overtake the creation before it. */
  #later(id: string, stands: boolean): void {
    this.#queue = this.#queue.then(() => this.#insist(id, stands));
  }

  /** The emulator may still be starting. */
  async #insist(id: string, stands: boolean): Promise<void> {
    const [account = "", service, , , name = ""] = id.split("/").slice(-5);
    if (!this.#storage.has(account)) return;
    for (let attempt = 1; !this.#stopped; attempt += 1) {
      try {
        const part =
          service === "queueServices"
            ? (await this.#storage.queues(account)).getQueueClient(name)
            : (await this.#storage.blobs(account)).getContainerClient(name);
        await (stands ? part.createIfNotExists() : part.deleteIfExists());
        return;
      } catch (error) {
        if (attempt >= attempts) {
          this.#engine.report(error);
          return;
        }
        await sleep(pauseMilliseconds);
      }
    }
  }
}
