/** A prefix that a spoke holds, from its request until its removal. */
export interface AddressLease {
  readonly prefix: string;
  readonly spoke: string;
  /** ISO 8601, UTC: when a request of the spoke last asked for it. */
  readonly takenAt: string;
  /** Whether the spoke's record is known to name it: then it is no request's that may have died. */
  readonly recorded: boolean;
  /** The static CIDR that holds it in an IPAM pool of Azure; absent where it lies in none. */
  readonly staticCidrId?: string;
  /** It is on its way back to the IPAM pool: nobody's until Azure has it. */
  readonly returning?: true;
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
  /** Length of a prefix out of the pools. */
  readonly length: number;
  /** Prefixes that no spoke may have: hubs, internal networks. */
  readonly reserved: readonly ReservedPrefix[];
  /** The static CIDR that is to hold a prefix newly leased out of an IPAM pool; null where it lies in none. */
  readonly staticCidrOf?: (prefix: string) => string | null;
  /** ISO 8601, UTC. */
  readonly now: string;
}

export type LeaseAnswer =
  /** `staticCidrId`: what is to hold the prefix in an IPAM pool, where it lies in one. */
  | { readonly ok: true; readonly prefix: string; readonly staticCidrId?: string }
  | { readonly ok: false; readonly reason: "overlap"; readonly with: AddressLease | ReservedPrefix }
  | { readonly ok: false; readonly reason: "exhausted" };
