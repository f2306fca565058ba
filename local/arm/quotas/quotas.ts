import type { Database } from "../store/database.ts";
import { PersistentMap } from "../store/persistent-map.ts";

/** Limits of a subscription in a region, by the name that Azure's usages give them. */
const usualLimits = { PublicIPAddresses: 1_000 };
export type QuotaName = keyof typeof usualLimits;
export const quotaNames = Object.keys(usualLimits) as [QuotaName, ...QuotaName[]];

/**
 * What a subscription may have in a region. Source: "Azure subscription and service limits, quotas, and constraints",
 * section "Networking limits"; offers below an enterprise agreement have less.
 */
export class Quotas {
  readonly #limits: PersistentMap<number>;

  constructor(database: Database) {
    this.#limits = new PersistentMap(database, "quotas");
  }

  limit(subscriptionId: string, location: string, name: QuotaName): number {
    return this.#limits.get(keyOf(subscriptionId, location, name)) ?? usualLimits[name];
  }

  setLimit(subscriptionId: string, location: string, name: QuotaName, limit: number): void {
    this.#limits.set(keyOf(subscriptionId, location, name), limit);
  }

  clear(): void {
    this.#limits.clear();
  }
}

function keyOf(...parts: readonly string[]): string {
  return parts.join(" ").toLowerCase();
}
