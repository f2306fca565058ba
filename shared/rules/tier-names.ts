import type { TierContext } from "./rule-context.ts";

const SQL_PORT = 1433;

/** The tier's name as rules spell it: `front` becomes `Front` (contract §4, {T}). */
export function tierLabel(tier: Pick<TierContext, "name">): string {
  return tier.name.charAt(0).toUpperCase() + tier.name.slice(1);
}

/** The tier's service as rules spell it: `SQL` where it serves port 1433, else its label (contract §4, {S}). */
export function serviceLabel(tier: Pick<TierContext, "name" | "port">): string {
  return tier.port === SQL_PORT ? "SQL" : tierLabel(tier);
}
