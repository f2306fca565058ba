import { prefixesOverlap } from "../domain/address-prefix.ts";
import { firstFreePrefix } from "../domain/free-prefix.ts";
import { type JsonBlobs, StaleStateError } from "./blob-state.ts";

/** A prefix that a spoke holds, from its request until its removal. */
export interface AddressLease {
  readonly prefix: string;
  readonly spoke: string;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
}

/** A prefix that no spoke may have, and what it is. */
export interface ReservedPrefix {
  readonly prefix: string;
  readonly owner: string;
}

/** What is asked of the address space: a prefix of one's own choice, or the first free one of the pools. */
export interface LeaseWish {
  readonly spoke: string;
  readonly prefix: string | null;
  readonly pools: readonly string[];
  readonly length: number;
  /** Prefixes that no spoke may have: hubs, internal networks. */
  readonly reserved: readonly ReservedPrefix[];
  readonly now: string;
}

export type LeaseAnswer =
  | { readonly ok: true; readonly prefix: string }
  | { readonly ok: false; readonly reason: "overlap"; readonly with: AddressLease | ReservedPrefix }
  | { readonly ok: false; readonly reason: "exhausted" };

const documentName = "address-space.json";

/** The platform's address space in one document, so that concurrent requests never get overlapping prefixes. */
export class AddressLeases {
  readonly #blobs: JsonBlobs;

  constructor(blobs: JsonBlobs) {
    this.#blobs = blobs;
  }

  async list(): Promise<readonly AddressLease[]> {
    return (await this.#blobs.read<readonly AddressLease[]>(documentName))?.value ?? [];
  }

  /** The prefix that `take` would give now; nothing is written. */
  async preview(wish: LeaseWish): Promise<LeaseAnswer> {
    return choose(wish, await this.list());
  }

  /** Leases a prefix to the spoke; a spoke that holds one keeps it where it fits the wish. */
  async take(wish: LeaseWish): Promise<LeaseAnswer> {
    for (;;) {
      const stored = await this.#blobs.read<readonly AddressLease[]>(documentName);
      const leases = stored?.value ?? [];
      const answer = choose(wish, leases);
      if (!answer.ok) return answer;
      if (leases.some((lease) => lease.spoke === wish.spoke && lease.prefix === answer.prefix)) return answer;
      const others = leases.filter((lease) => lease.spoke !== wish.spoke);
      if (
        await this.#write(
          [...others, { prefix: answer.prefix, spoke: wish.spoke, takenAt: wish.now }],
          stored?.etag ?? null,
        )
      )
        return answer;
    }
  }

  /** Gives the spoke's prefix back. */
  async release(spoke: string): Promise<void> {
    for (;;) {
      const stored = await this.#blobs.read<readonly AddressLease[]>(documentName);
      if (stored === null || !stored.value.some((lease) => lease.spoke === spoke)) return;
      const others = stored.value.filter((lease) => lease.spoke !== spoke);
      if (await this.#write(others, stored.etag)) return;
    }
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

function choose(wish: LeaseWish, leases: readonly AddressLease[]): LeaseAnswer {
  const own = leases.find((lease) => lease.spoke === wish.spoke);
  if (own !== undefined && (wish.prefix === null || wish.prefix === own.prefix))
    return { ok: true, prefix: own.prefix };
  const taken = [...wish.reserved, ...leases.filter((lease) => lease.spoke !== wish.spoke)];
  if (wish.prefix !== null) {
    const asked = wish.prefix;
    const other = taken.find((lease) => prefixesOverlap(lease.prefix, asked));
    return other === undefined ? { ok: true, prefix: asked } : { ok: false, reason: "overlap", with: other };
  }
  const prefix = firstFreePrefix(
    wish.pools,
    wish.length,
    taken.map((lease) => lease.prefix),
  );
  return prefix === null ? { ok: false, reason: "exhausted" } : { ok: true, prefix };
}
