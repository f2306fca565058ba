import { nthAddress, splitPrefix } from "../domain/address-prefix.ts";
import { RefusedError } from "../domain/errors.ts";

/** Which sixteenth of the spoke's prefix a tier has; a tier keeps it for good. */
export type TierSlots = Readonly<Record<string, number>>;

/** Three quarters of sixteen: the upper quarter is the gateway's. */
const slotCount = 12;

export interface TierAddresses {
  readonly addressPrefix: string;
  /** First usable address of the subnet: Azure keeps the first four and the last for itself. */
  readonly loadBalancerAddress: string;
}

export interface AddressPlan {
  readonly spokePrefix: string;
  readonly gatewayPrefix: string;
  /** @throws RefusedError `UnknownTier` for a tier without a slot. */
  tier(name: string): TierAddresses;
}

/**
 * Gives each tier its sixteenth: known tiers keep theirs, new ones take the lowest that was never used, or, where all
 * have been used, the lowest that no present tier holds (contract §3).
 * @throws RefusedError `TooManyTiers` where twelve tiers already hold one.
 */
export function assignTierSlots(previous: TierSlots, tiers: readonly string[]): TierSlots {
  const slots = new Map(Object.entries(previous));
  for (const tier of tiers) {
    if (slots.has(tier)) continue;
    const all = [...Array(slotCount).keys()];
    const everUsed = new Set(slots.values());
    const inUse = new Set([...slots].filter(([name]) => tiers.includes(name)).map(([, slot]) => slot));
    const slot = all.find((candidate) => !everUsed.has(candidate)) ?? all.find((candidate) => !inUse.has(candidate));
    if (slot === undefined) throw tooManyTiers();
    for (const [name, taken] of slots) if (taken === slot) slots.delete(name);
    slots.set(tier, slot);
  }
  return Object.fromEntries(slots);
}

/** Divides a spoke's prefix: tiers take sixteenths from below, the gateway's subnet is the upper quarter. */
export function planAddresses(spokePrefix: string, slots: TierSlots): AddressPlan {
  const sixteenths = splitPrefix(spokePrefix, 16);
  const gatewayPrefix = splitPrefix(spokePrefix, 4)[3] ?? spokePrefix;
  return {
    spokePrefix,
    gatewayPrefix,
    tier: (name) => {
      const addressPrefix = sixteenths[slots[name] ?? -1];
      if (addressPrefix === undefined) throw unknownTier(name);
      return { addressPrefix, loadBalancerAddress: nthAddress(addressPrefix, 4) };
    },
  };
}

function tooManyTiers(): RefusedError {
  return new RefusedError({
    code: "TooManyTiers",
    message: `A spoke has room for ${slotCount} tiers.`,
    resourceId: null,
    remedy: "Give the application a second spoke.",
  });
}

function unknownTier(name: string): RefusedError {
  return new RefusedError({
    code: "UnknownTier",
    message: `Tier ${name} has no part of the spoke's address space.`,
    resourceId: null,
    remedy: "Report this: a plan must give every tier its addresses first.",
  });
}
