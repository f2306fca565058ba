import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { BlobLeaseClient, ContainerClient } from "@azure/storage-blob";
import { TransientError } from "../domain/errors.ts";
import { type JsonBlobs, StaleStateError } from "./blob-state.ts";

/** Azure Storage's shortest lease, in seconds: so long others wait after a crash. */
const leaseSeconds = 15;
const renewEveryMilliseconds = 5_000;
/** With the work itself it stays below the time that an activity may take; the orchestration then tries again. */
const patienceMilliseconds = 8 * 60_000;
/** A wish that old was left by a crash, and its run has long been repeated or given up. */
const wishLastsMilliseconds = 30 * 60_000;

/** What the one whose turn it is may count on. */
export interface Turn<T> {
  /** Wishes of the others that wait. */
  readonly others: readonly T[];
  /** Throws TransientError `TurnLost` where the turn is no longer held: call it right before a write. */
  assertHeld(): void;
}

interface StoredWish<T> {
  readonly at: number;
  readonly wish: T;
}

/**
 * Turns at a resource that many spokes share: one writer at a time, whichever instance of the app it runs on. Who waits
 * leaves a wish, so that the one whose turn it is can fulfil the wishes of all with one write.
 */
export class SharedTurns {
  readonly #container: ContainerClient;
  readonly #blobs: JsonBlobs;

  constructor(container: ContainerClient, blobs: JsonBlobs) {
    this.#container = container;
    this.#blobs = blobs;
  }

  /**
   * Waits for the turn at a resource and runs `work` in it, with the wishes of the others that wait. The own wish is
   * there only as long as this call: what failed or was refused is nobody else's to fulfil.
   * @param resource id of the shared resource
   * @param spoke whose turn it is; a spoke has one wish at a resource, its latest
   * @throws TransientError `SharedResourceBusy` where the turn does not come, `TurnLost` where it ended too early.
   */
  async inTurn<T, R>(resource: string, spoke: string, wish: T, work: (turn: Turn<T>) => Promise<R>): Promise<R> {
    const folder = `turns/${createHash("sha256").update(resource.toLowerCase()).digest("hex").slice(0, 32)}`;
    const own = `${folder}/wishes/${spoke}.json`;
    await this.#leave(own, { at: Date.now(), wish });
    try {
      return await this.#holding(`${folder}/turn`, resource, async (assertHeld) =>
        work({ others: await this.#wishesOfOthers<T>(`${folder}/wishes/`, own), assertHeld }),
      );
    } finally {
      await this.#container.deleteBlob(own).catch(ignoreMissing);
    }
  }

  async #holding<R>(name: string, resource: string, work: (assertHeld: () => void) => Promise<R>): Promise<R> {
    const lease = await this.#acquire(name, resource);
    let held = true;
    const renewal = setInterval(() => {
      lease.renewLease().catch(() => {
        held = false;
      });
    }, renewEveryMilliseconds);
    try {
      return await work(() => {
        if (!held) throw turnLost(resource);
      });
    } finally {
      clearInterval(renewal);
      await lease.releaseLease().catch(() => undefined);
    }
  }

  async #leave(name: string, wish: StoredWish<unknown>): Promise<void> {
    for (;;) {
      const standing = await this.#blobs.read<StoredWish<unknown>>(name);
      try {
        await this.#blobs.write(name, wish, standing?.etag ?? null);
        return;
      } catch (error) {
        if (!(error instanceof StaleStateError)) throw error;
      }
    }
  }

  async #wishesOfOthers<T>(folder: string, own: string): Promise<readonly T[]> {
    const names = (await this.#blobs.list(folder)).map(({ name }) => name).filter((name) => name !== own);
    const stored = await Promise.all(names.map((name) => this.#blobs.read<StoredWish<T>>(name)));
    return stored.flatMap((found) =>
      found !== null && Date.now() - found.value.at < wishLastsMilliseconds ? [found.value.wish] : [],
    );
  }

  async #acquire(name: string, resource: string): Promise<BlobLeaseClient> {
    const blob = this.#container.getBlockBlobClient(name);
    await blob.upload("", 0, { conditions: { ifNoneMatch: "*" } }).catch(ignoreConflict);
    const lease = blob.getBlobLeaseClient();
    for (const deadline = Date.now() + patienceMilliseconds; Date.now() < deadline; ) {
      try {
        await lease.acquireLease(leaseSeconds);
        return lease;
      } catch (error) {
        ignoreConflict(error);
      }
      await sleep(200 + Math.random() * 400);
    }
    throw new TransientError({
      code: "SharedResourceBusy",
      message: "Others work on this shared resource all the time.",
      resourceId: resource,
      remedy: "Run the spoke again later.",
    });
  }
}

function turnLost(resource: string): TransientError {
  return new TransientError({
    code: "TurnLost",
    message: "The turn at this shared resource ended before the work did.",
    resourceId: resource,
    remedy: "Nothing: the work is tried again.",
  });
}

const statusOf = (error: unknown): unknown => (error as { statusCode?: unknown } | null)?.statusCode;

function ignoreMissing(error: unknown): void {
  if (statusOf(error) !== 404) throw error;
}

/** 409: made meanwhile, or leased by another; 412: leased by another. */
function ignoreConflict(error: unknown): void {
  if (statusOf(error) !== 409 && statusOf(error) !== 412) throw error;
}
