import { serialised } from "../domain/serialised.ts";
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
  /** Requests of this instance wait for one another: among them, none writes on what another has made stale. */
  readonly #inTurn = serialised();

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
  take(wish: LeaseWish): Promise<LeaseAnswer> {
    return this.#inTurn(documentName, () => this.#take(wish));
  }

  async #take(wish: LeaseWish): Promise<LeaseAnswer> {
    for (;;) {
      const stored = await this.#read();
      const leases = await this.#withoutAbandoned(stored?.value ?? [], wish);
      const answer = choosePrefix(wish, leases);
      if (!answer.ok) return answer;
      const { prefix } = answer;
      const held = leases.find((lease) => lease.spoke === wish.spoke && lease.prefix === prefix);
      const staticCidrId = held?.staticCidrId ?? wish.staticCidrOf?.(prefix) ?? undefined;
      const given = { ...answer, ...(staticCidrId && { staticCidrId }) };
      if (held?.recorded && held.staticCidrId === staticCidrId) return given;
      const others = leases.filter((lease) => lease !== held);
      const recorded = held?.recorded ?? false;
      const taken = { prefix, spoke: wish.spoke, takenAt: wish.now, recorded, ...(staticCidrId && { staticCidrId }) };
      if (await this.#write([...others, taken], stored?.etag ?? null)) return given;
    }
  }

  /**
   * Makes the prefix of a spoke's record the only one that the spoke holds. Changes nothing, and answers false, where
   * the spoke does not hold it. What an IPAM pool holds besides begins to return.
   */
  async settle(spoke: string, prefix: string): Promise<boolean> {
    let isHeld = false;
    await this.#change((leases) => {
      const held = leases.find((lease) => lease.spoke === spoke && lease.prefix === prefix && !lease.returning);
      isHeld = held !== undefined;
      if (held === undefined) return leases;
      return leases.flatMap((lease) => {
        if (lease.spoke !== spoke) return [lease];
        return lease === held ? [{ ...lease, recorded: true }] : leaving(lease);
      });
    });
    return isHeld;
  }

  /** Gives back all that the spoke holds. What an IPAM pool holds begins to return. */
  async release(spoke: string): Promise<void> {
    await this.#change((leases) => leases.flatMap((lease) => (lease.spoke === spoke ? leaving(lease) : [lease])));
  }

  /**
   * Begins the return of what an IPAM pool holds for requests that died before their record.
   * @param now ISO 8601, UTC
   */
  async returnAbandoned(now: string): Promise<void> {
    const leases = await this.list();
    const held = await this.#held(leases, null, now);
    const abandoned = new Set(leases.filter((_, index) => !held[index]).map(nameOf));
    await this.#change((present) =>
      present.flatMap((lease) => (abandoned.has(nameOf(lease)) && !lease.recorded ? leaving(lease) : [lease])),
    );
  }

  /** Strikes out a lease that no record names, or one that has returned. */
  async forget({ spoke, prefix, staticCidrId }: Omit<AddressLease, "takenAt" | "recorded">): Promise<void> {
    const isMeant = (lease: AddressLease) =>
      lease.spoke === spoke && lease.prefix === prefix && lease.staticCidrId === staticCidrId;
    await this.#change((leases) => leases.filter((lease) => !isMeant(lease) || (lease.recorded && !lease.returning)));
  }

  #change(change: (leases: readonly AddressLease[]) => readonly AddressLease[]): Promise<void> {
    return this.#inTurn(documentName, async () => {
      for (;;) {
        const stored = await this.#read();
        if (stored === null) return;
        const changed = change(stored.value);
        if (JSON.stringify(changed) === JSON.stringify(stored.value)) return;
        if (await this.#write(changed, stored.etag)) return;
      }
    });
  }

  /**
   * The leases that hold: without those of other spokes whose request died before its record. What Azure holds for such
   * a one is not free before it has returned.
   */
  async #withoutAbandoned(leases: readonly AddressLease[], wish: LeaseWish): Promise<readonly AddressLease[]> {
    const held = await this.#held(leases, wish.spoke, wish.now);
    return leases.filter((lease, index) => held[index] || lease.staticCidrId !== undefined);
  }

  #held(leases: readonly AddressLease[], asking: string | null, now: string): Promise<readonly boolean[]> {
    const time = Date.parse(now);
    const holds = async ({ spoke, prefix, takenAt, recorded }: AddressLease): Promise<boolean> =>
      recorded ||
      spoke === asking ||
      time - Date.parse(takenAt) < abandonedAfterMilliseconds ||
      (await this.#recordedPrefix(spoke)) === prefix;
    return Promise.all(leases.map(holds));
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

const nameOf = ({ spoke, prefix, takenAt }: AddressLease) => `${spoke} ${prefix} ${takenAt}`;

/** A lease that is given up: gone at once, or on its way back to Azure. */
function leaving(lease: AddressLease): readonly AddressLease[] {
  return lease.staticCidrId === undefined ? [] : [{ ...lease, returning: true }];
}
