import { landingZones, platformSubscription } from "./seed-identities.ts";
import type { SeedWriter } from "./seed-writer.ts";

const group = `/subscriptions/${platformSubscription}/resourceGroups/rg-platform-addresses`;
const manager = `${group}/providers/Microsoft.Network/networkManagers/nm-platform`;

/** The IPAM pool of Azure Virtual Network Manager, which the sample configuration does not use. */
export const seedIpamPool = { id: `${manager}/ipamPools/pool-spokes`, addressPrefixes: ["10.112.0.0/13"] } as const;

/** Writes the network manager and its pool. */
export function seedAddresses(seed: SeedWriter): void {
  const location = "westeurope";
  const subscriptions = landingZones.map((id) => `/subscriptions/${id}`);
  seed.put(group, { location });
  seed.put(manager, { location, properties: { networkManagerScopes: { subscriptions } } });
  seed.put(seedIpamPool.id, { location, properties: { addressPrefixes: seedIpamPool.addressPrefixes } });
}
