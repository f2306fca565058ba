import type { IpamPoolPort } from "../azure/ports.ts";
import { freeOfIpamPool, type IpamPool, ipamPoolAcross, ipamPoolAround } from "../domain/address-pool.ts";
import { prefixContains } from "../domain/address-prefix.ts";
import { type Failure, RefusedError, TransientError } from "../domain/errors.ts";
import { resourceName } from "../domain/resource-id.ts";
import { staticCidrId } from "../spoke/static-cidr-id.ts";
import type { AddressLease, LeaseAnswer, LeaseWish, ReservedPrefix } from "../state/address-lease.ts";
import type { AddressLeases } from "../state/address-leases.ts";

/** A wish on a platform that may take prefixes out of IPAM pools. */
export interface SpaceWish extends LeaseWish {
  readonly subscriptionId: string;
  /** Every IPAM pool of the platform: a prefix that lies in one has to be taken out of it. */
  readonly ipamPools: readonly IpamPool[];
  /** The pool of the location, where that is an IPAM pool. */
  readonly ownPool: IpamPool | null;
}

type Taken = Extract<LeaseAnswer, { readonly ok: true }>;

/** Others may be faster that often; then the pool is as good as used up. */
const attempts = 20;

/**
 * The platform's address space. The leases are the log of what is taken out of IPAM pools: a lease is written before its
 * static CIDR and struck out after it, so that nothing is lost in a pool when the app dies in between.
 */
export class AddressSpace {
  readonly #leases: AddressLeases;
  readonly #pools: () => Promise<IpamPoolPort>;

  constructor(leases: AddressLeases, pools: () => Promise<IpamPoolPort>) {
    this.#leases = leases;
    this.#pools = pools;
  }

  list(): Promise<readonly AddressLease[]> {
    return this.#leases.list();
  }

  /** The prefix that `take` would give now; nothing is written. */
  async preview(wish: SpaceWish): Promise<LeaseAnswer> {
    return this.#leases.preview(await this.#informed(wish));
  }

  /**
   * Leases a prefix to the spoke, and takes it out of its IPAM pool where it lies in one. What the spoke holds already
   * stays its own until `settle`.
   * @throws RefusedError or TransientError where the pool cannot be asked.
   */
  async take(wish: SpaceWish): Promise<LeaseAnswer> {
    let mayReturn = true;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const informed = await this.#informed(wish);
      const answer = await this.#leases.take(informed);
      if (answer.ok) {
        if (await this.#reserve(wish, answer)) return answer;
        await this.#leases.forget({ ...answer, spoke: wish.spoke });
        if (wish.prefix !== null || (await this.#isRecorded(wish.spoke, answer.prefix))) {
          return { ok: false, reason: "overlap", with: heldByOthers(wish, answer.prefix) };
        }
      } else if (mayReturn) {
        mayReturn = false;
        if (!(await this.#returnAbandoned(wish.now))) return answer;
      } else return answer;
    }
    return { ok: false, reason: "exhausted" };
  }

  /** Makes the prefix of a spoke's record the only one that it holds; false where it does not hold it. */
  async settle(spoke: string, prefix: string): Promise<boolean> {
    const isHeld = await this.#leases.settle(spoke, prefix);
    // The spoke has what it needs: what is left over may return later.
    await this.#returnWhere((lease) => lease.spoke === spoke).catch(onlyFailuresOfAzure);
    return isHeld;
  }

  /**
   * Gives back all that the spoke holds. Answers why an IPAM pool does not take it back, or null: until it does, nobody
   * else gets it, and whoever needs room tries again.
   * @throws TransientError where the pool cannot be asked now; asked again, it goes on.
   */
  async release(spoke: string): Promise<Failure | null> {
    await this.#leases.release(spoke);
    try {
      await this.#returnWhere((lease) => lease.spoke === spoke);
      return null;
    } catch (error) {
      if (error instanceof RefusedError) return error.failure;
      throw error;
    }
  }

  /** The wish, with what is free in the IPAM pools that it touches. */
  async #informed(wish: SpaceWish): Promise<LeaseWish> {
    const informed = { ...wish, staticCidrOf: (prefix: string) => staticCidrOf(wish, prefix) };
    const { prefix } = wish;
    if (wish.ipamPools.length === 0) return informed;
    const own = (await this.list()).filter((lease) => lease.spoke === wish.spoke && !lease.returning);
    if (prefix === null) {
      const pool = wish.ownPool;
      if (pool === null || own.some(({ recorded }) => recorded)) return informed;
      const mine = own.map((lease) => lease.prefix).filter((held) => ipamPoolAround([pool], held) !== null);
      return { ...informed, pools: [...mine, ...(await this.#free(pool))] };
    }
    if (own.some((lease) => lease.prefix === prefix)) return informed;
    const across = ipamPoolAcross(wish.ipamPools, prefix);
    if (across !== null) {
      const part = { prefix: across, owner: "a part of an IPAM pool, in which it does not lie wholly" };
      return { ...informed, reserved: [...wish.reserved, part] };
    }
    const pool = ipamPoolAround(wish.ipamPools, prefix);
    if (pool === null || (await this.#free(pool)).some((free) => prefixContains(free, prefix))) return informed;
    return { ...informed, reserved: [...wish.reserved, heldByOthers(wish, prefix)] };
  }

  async #isRecorded(spoke: string, prefix: string): Promise<boolean> {
    return (await this.list()).some((lease) => lease.recorded && lease.spoke === spoke && lease.prefix === prefix);
  }

  async #free(pool: IpamPool): Promise<readonly string[]> {
    const pools = await this.#pools();
    return freeOfIpamPool(pool, await pools.usageOf(pool.ipamPoolId));
  }

  async #reserve({ spoke, subscriptionId }: SpaceWish, { prefix, staticCidrId: id }: Taken): Promise<boolean> {
    if (id === undefined) return true;
    return (await this.#pools()).reserve(id, prefix, `Zero Trust spoke ${spoke} in ${subscriptionId}`);
  }

  /** Whether anything came back. What Azure does not take back now, the next one in need tries again. */
  async #returnAbandoned(now: string): Promise<boolean> {
    await this.#leases.returnAbandoned(now);
    return this.#returnWhere(() => true).catch(onlyFailuresOfAzure);
  }

  async #returnWhere(isMeant: (lease: AddressLease) => boolean): Promise<boolean> {
    const returning = (await this.list()).filter((lease) => lease.returning && isMeant(lease));
    for (const lease of returning) {
      if (lease.staticCidrId !== undefined) await (await this.#pools()).release(lease.staticCidrId);
      await this.#leases.forget(lease);
    }
    return returning.length > 0;
  }
}

function staticCidrOf(wish: SpaceWish, prefix: string): string | null {
  const pool = ipamPoolAround(wish.ipamPools, prefix);
  return pool === null ? null : staticCidrId(pool.ipamPoolId, prefix, wish);
}

function heldByOthers({ ipamPools }: SpaceWish, prefix: string): ReservedPrefix {
  const pool = ipamPoolAround(ipamPools, prefix);
  return { prefix, owner: `taken, wholly or in part, in the IPAM pool ${resourceName(pool?.ipamPoolId ?? "")}` };
}

function onlyFailuresOfAzure(error: unknown): false {
  if (error instanceof RefusedError || error instanceof TransientError) return false;
  throw error;
}
