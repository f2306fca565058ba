import { anyPrefixContains, prefixesOverlap, prefixLength } from "../domain/address-prefix.ts";
import { firstFreePrefix } from "../domain/free-prefix.ts";
import type { AddressLease, LeaseAnswer, LeaseWish } from "./address-lease.ts";

/** The prefix that a wish gets while these leases stand: a spoke's own are never in its way. */
export function choosePrefix(wish: LeaseWish, leases: readonly AddressLease[]): LeaseAnswer {
  const own = leases.filter((lease) => lease.spoke === wish.spoke && !lease.returning);
  const taken = [...wish.reserved, ...leases.filter((lease) => !own.includes(lease))];
  return wish.prefix === null ? anyPrefix(wish, own, taken) : thisPrefix(wish.prefix, own, taken);
}

type Taken = AddressLease | LeaseWish["reserved"][number];

function thisPrefix(asked: string, own: readonly AddressLease[], taken: readonly Taken[]): LeaseAnswer {
  if (own.some((lease) => lease.prefix === asked)) return { ok: true, prefix: asked };
  const other = taken.find((lease) => prefixesOverlap(lease.prefix, asked));
  return other === undefined ? { ok: true, prefix: asked } : { ok: false, reason: "overlap", with: other };
}

/** What the spoke's record has, or an earlier request of the spoke took out of the pools, comes first. */
function anyPrefix(wish: LeaseWish, own: readonly AddressLease[], taken: readonly Taken[]): LeaseAnswer {
  const kept =
    own.find((lease) => lease.recorded) ??
    own.find(({ prefix }) => prefixLength(prefix) === wish.length && anyPrefixContains(wish.pools, prefix));
  const takenPrefixes = taken.map((lease) => lease.prefix);
  const prefix = kept?.prefix ?? firstFreePrefix(wish.pools, wish.length, takenPrefixes);
  return prefix === null ? { ok: false, reason: "exhausted" } : { ok: true, prefix };
}
