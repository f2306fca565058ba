import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { BlobLeaseClient, ContainerClient } from "@azure/storage-blob";
import { TransientError } from "../domain/errors.ts";
import { serialised } from "../domain/serialised.ts";
import { type JsonBlobs, StaleStateError } from "./blob-state.ts";

/** Azure Storage's shortest lease, in seconds: so long others wait after a crash. */
const leaseSeconds = 15;
const renewEveryMilliseconds = 5_000;

/** Of waiting for a turn, and of one call of the storage; in milliseconds. */
const usualLimits = {
  /** With the work itself it stays below the time that an activity may take; the orchestration then tries again. */
  patience: 8 * 60_000,
  /** Above what the SDK's own repetitions take; it would wait for ever for storage that is silent. */
  call: 90_000,
};
/** A wish that old was left by a crash, and its run has long been repeated or given up. */
const wishLastsMilliseconds = 30 * 60_000;

/** What the one whose turn it is may count on. */
export interface Turn<T> {
  /** Wishes of the others that wait. */
  others(): Promise<readonly T[]>;
  /** Tells those others that their wishes are fulfilled: call it after the write that took them in. */
  fulfilled(): Promise<void>;
  /** Throws TransientError `TurnLost` where the turn is no longer held: call it right before a write. */
  assertHeld(): void;
}

interface StoredWish<T> {
  readonly at: number;
  readonly wish: T;
}

interface FoundWish<T> {
  readonly name: string;
  readonly etag: string;
  readonly wish: T;
}

/**
 * Turns at a resource that many spokes share: one writer at a time, whichever instance of the app it runs on. Who waits
 * leaves a wish, so that the one whose turn it is can fulfil the wishes of all with one write. Within an instance they
 * queue up, and only the first of them asks the storage for the turn.
 */
export class SharedTurns {
  readonly #container: ContainerClient;
  readonly #blobs: JsonBlobs;
  readonly #limits: typeof usualLimits;
  readonly #inQueue = serialised();

  constructor(container: ContainerClient, blobs: JsonBlobs, limits: Partial<typeof usualLimits> = {}) {
    this.#container = container;
    this.#blobs = blobs;
    this.#limits = { ...usualLimits, ...limits };
  }

  /**
   * Waits for the turn at a resource and runs `work` in it, with the wishes of the others that wait. Answers null, and
   * runs nothing, where another has fulfilled the own wish meanwhile. The own wish is there only as long as this call:
   * what failed or was refused is nobody else's to fulfil.
   * @param resource id of the shared resource
   * @param spoke whose turn it is; a spoke has one wish at a resource, its latest
   * @throws TransientError `SharedResourceBusy` where the turn does not come, `TurnLost` where it ended too early.
   */
  async inTurn<T, R>(resource: string, spoke: string, wish: T, work: (turn: Turn<T>) => Promise<R>): Promise<R | null> {
    const folder = `turns/${createHash("sha256").update(resource.toLowerCase()).digest("hex").slice(0, 32)}`;
    const own = `${folder}/wishes/${spoke}.json`;
    const deadline = Date.now() + this.#limits.patience;
    await this.#leave(own, { at: Date.now(), wish });
    try {
      return await this.#queued(folder, resource, deadline, async () => {
        if (await this.#isGone(own)) return null;
        return this.#holding(`${folder}/turn`, resource, deadline, async (assertHeld) => {
          if (await this.#isGone(own)) return null;
          let found: readonly FoundWish<T>[] = [];
          const others = async () => {
            found = await this.#wishesOfOthers<T>(`${folder}/wishes/`, own);
            return found.map((one) => one.wish);
          };
          return work({ others, assertHeld, fulfilled: () => this.#forget(found) });
        });
      });
    } finally {
      await this.#container.deleteBlob(own, this.#inTime()).catch(ignoreMissing);
    }
  }

  /** Runs the work when the queue of this instance comes to it. Who is not reached by the deadline leaves the queue. */
  #queued<R>(folder: string, resource: string, deadline: number, work: () => Promise<R>): Promise<R> {
    const { promise: tooLate, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(busy(resource)), deadline - Date.now());
    const reached = this.#inQueue(folder, () => {
      clearTimeout(timer);
      if (Date.now() >= deadline) throw busy(resource);
      return work();
    });
    return Promise.race([reached, tooLate]);
  }

  async #holding<R>(
    name: string,
    resource: string,
    deadline: number,
    work: (assertHeld: () => void) => Promise<R>,
  ): Promise<R> {
    const { lease, acquiredAt } = await this.#acquire(name, resource, deadline);
    // A renewal that is silent, or late because this instance stood still, tells nothing: what counts is the last that came.
    let heldUntil = acquiredAt + leaseSeconds * 1_000;
    const renewal = setInterval(() => {
      const asked = Date.now();
      lease.renewLease(this.#inTime()).then(
        () => {
          heldUntil = asked + leaseSeconds * 1_000;
        },
        () => {
          heldUntil = 0;
        },
      );
    }, renewEveryMilliseconds);
    try {
      return await work(() => {
        if (Date.now() >= heldUntil) throw turnLost(resource);
      });
    } finally {
      clearInterval(renewal);
      await lease.releaseLease(this.#inTime()).catch(() => undefined);
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

  async #wishesOfOthers<T>(folder: string, own: string): Promise<readonly FoundWish<T>[]> {
    const names = (await this.#blobs.list(folder)).map(({ name }) => name).filter((name) => name !== own);
    const stored = await Promise.all(names.map((name) => this.#blobs.read<StoredWish<T>>(name)));
    return names.flatMap((name, index) => {
      const found = stored[index] ?? null;
      if (found === null || Date.now() - found.value.at >= wishLastsMilliseconds) return [];
      return [{ name, etag: found.etag, wish: found.value.wish }];
    });
  }

  /** A wish that was left anew since it was read is another one. */
  async #forget(wishes: readonly FoundWish<unknown>[]): Promise<void> {
    const forget = ({ name, etag }: FoundWish<unknown>) =>
      this.#container.deleteBlob(name, { ...this.#inTime(), conditions: { ifMatch: etag } }).catch(ignoreChanged);
    await Promise.all(wishes.map(forget));
  }

  async #isGone(wish: string): Promise<boolean> {
    return !(await this.#container.getBlobClient(wish).exists(this.#inTime()));
  }

  async #acquire(name: string, resource: string, deadline: number): Promise<HeldLease> {
    const blob = this.#container.getBlockBlobClient(name);
    const lease = blob.getBlobLeaseClient();
    while (Date.now() < deadline) {
      const acquiredAt = Date.now();
      try {
        await lease.acquireLease(leaseSeconds, this.#inTime());
        return { lease, acquiredAt };
      } catch (error) {
        if (statusOf(error) === 404)
          await blob.upload("", 0, { ...this.#inTime(), conditions: { ifNoneMatch: "*" } }).catch(ignoreConflict);
        else ignoreConflict(error);
      }
      await sleep(200 + Math.random() * 400);
    }
    throw busy(resource);
  }

  #inTime(): { readonly abortSignal: AbortSignal } {
    return { abortSignal: AbortSignal.timeout(this.#limits.call) };
  }
}

interface HeldLease {
  readonly lease: BlobLeaseClient;
  /** Milliseconds since the epoch when it was asked for: it holds from then on at least so long as it was asked for. */
  readonly acquiredAt: number;
}

function busy(resource: string): TransientError {
  return new TransientError({
    code: "SharedResourceBusy",
    message: "Others work on this shared resource all the time.",
    resourceId: resource,
    remedy: "Run the spoke again later.",
  });
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

/** 412: another stands under the name. */
function ignoreChanged(error: unknown): void {
  if (statusOf(error) !== 412) ignoreMissing(error);
}

/** 409: made meanwhile, or leased by another; 412: leased by another. */
function ignoreConflict(error: unknown): void {
  if (statusOf(error) !== 409 && statusOf(error) !== 412) throw error;
}
