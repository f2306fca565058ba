import { nthAddress, splitPrefix } from "../domain/address-prefix.ts";
import { RefusedError } from "../domain/errors.ts";

/**
 * Which sixteenth of the spoke's prefix a tier has; a tier keeps it for good. Names of tiers that are gone stay, so
 * that their subnets can be taken out; of several names of one sixteenth the last holds it.
 */
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
 * have been used, the lowest that no present tier holds (contract §3). A tier that comes back takes its old one where
 * no present tier holds it. Earlier tiers stay named, before the present ones.
 * @throws RefusedError `TooManyTiers` where twelve tiers already hold one.
 */
export function assignTierSlots(previous: TierSlots, tiers: readonly string[]): TierSlots {
  const everUsed = new Set(Object.values(previous));
  const holders = new Map<number, string>();
  for (const [tier, slot] of Object.entries(previous).reverse()) {
    if (tiers.includes(tier) && !holders.has(slot)) holders.set(slot, tier);
  }
  const all = [...Array(slotCount).keys()];
  const placed = new Set(holders.values());
  for (const tier of tiers.filter((name) => !placed.has(name))) {
    const slot = all.find((one) => !everUsed.has(one)) ?? all.find((one) => !holders.has(one));
    if (slot === undefined) throw tooManyTiers();
    everUsed.add(slot);
    holders.set(slot, tier);
  }
  const earlier = Object.entries(previous).filter(([tier]) => !tiers.includes(tier));
  const present = [...holders].sort(([a], [b]) => a - b).map(([slot, tier]): [string, number] => [tier, slot]);
  return Object.fromEntries([...earlier, ...present]);
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
