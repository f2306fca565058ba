import type { AddressLease, LeaseAnswer, LeaseWish } from "./address-lease.ts";
import { type JsonBlobs, StaleStateError, type Stored } from "./blob-state.ts";
import { choosePrefix } from "./choose-prefix.ts";

const documentName = "address-space.json";

/**
 * So long a request may take from its lease to its record: the front end of App Service gives a request up after 230
 * seconds. A lease that is older and of no record is nobody's, because the app died between the two.
 */
const abandonedAfterMilliseconds = 5 * 60_000;

/** The platform's address space in one document, so that concurrent requests never get overlapping prefixes. */
export class AddressLeases {
  readonly #blobs: JsonBlobs;
  readonly #recordedPrefix: (spoke: string) => Promise<string | null>;

  /** @param recordedPrefix the prefix that a spoke's record names; null where none does */
  constructor(blobs: JsonBlobs, recordedPrefix: (spoke: string) => Promise<string | null>) {
    this.#blobs = blobs;
    this.#recordedPrefix = recordedPrefix;
  }

  async list(): Promise<readonly AddressLease[]> {
    return (await this.#read())?.value ?? [];
  }

  /** The prefix that `take` would give now; nothing is written. */
  async preview(wish: LeaseWish): Promise<LeaseAnswer> {
    return choosePrefix(wish, await this.#withoutAbandoned(await this.list(), wish));
  }

  /**
   * Leases a prefix to the spoke. What the spoke holds already stays its own, because another of its requests may be
   * about to record it: `settle` sorts that out.
   */
  async take(wish: LeaseWish): Promise<LeaseAnswer> {
    for (;;) {
      const stored = await this.#read();
      const leases = await this.#withoutAbandoned(stored?.value ?? [], wish);
      const answer = choosePrefix(wish, leases);
      if (!answer.ok) return answer;
      const { prefix } = answer;
      const held = leases.find((lease) => lease.spoke === wish.spoke && lease.prefix === prefix);
      if (held?.recorded) return answer;
      const others = leases.filter((lease) => lease !== held);
      const taken = { prefix, spoke: wish.spoke, takenAt: wish.now, recorded: false };
      if (await this.#write([...others, taken], stored?.etag ?? null)) return answer;
    }
  }

  /**
   * Makes the prefix of a spoke's record the only one that the spoke holds. Changes nothing, and answers false, where
   * the spoke does not hold it.
   */
  async settle(spoke: string, prefix: string): Promise<boolean> {
    for (;;) {
      const stored = await this.#read();
      const held = stored?.value.find((lease) => lease.spoke === spoke && lease.prefix === prefix);
      if (stored === null || held === undefined) return false;
      const others = stored.value.filter((lease) => lease.spoke !== spoke);
      if (held.recorded && others.length === stored.value.length - 1) return true;
      if (await this.#write([...others, { ...held, recorded: true }], stored.etag)) return true;
    }
  }

  /** Gives back all that the spoke holds. */
  async release(spoke: string): Promise<void> {
    for (;;) {
      const stored = await this.#read();
      if (stored === null || !stored.value.some((lease) => lease.spoke === spoke)) return;
      const others = stored.value.filter((lease) => lease.spoke !== spoke);
      if (await this.#write(others, stored.etag)) return;
    }
  }

  /** The leases that hold: without those of other spokes whose request died before its record. */
  async #withoutAbandoned(leases: readonly AddressLease[], wish: LeaseWish): Promise<readonly AddressLease[]> {
    const now = Date.parse(wish.now);
    const holds = async ({ spoke, prefix, takenAt, recorded }: AddressLease): Promise<boolean> =>
      recorded ||
      spoke === wish.spoke ||
      now - Date.parse(takenAt) < abandonedAfterMilliseconds ||
      (await this.#recordedPrefix(spoke)) === prefix;
    const held = await Promise.all(leases.map(holds));
    return leases.filter((_, index) => held[index]);
  }

  #read(): Promise<Stored<readonly AddressLease[]> | null> {
    return this.#blobs.read<readonly AddressLease[]>(documentName);
  }

  async #write(leases: readonly AddressLease[], etag: string | null): Promise<boolean> {
    try {
      await this.#blobs.write(documentName, leases, etag);
      return true;
    } catch (error) {
      if (error instanceof StaleStateError) return false;
      throw error;
    }
  }
}
