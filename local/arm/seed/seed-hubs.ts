import { platformSubscription } from "./seed-identities.ts";
import type { SeedWriter } from "./seed-writer.ts";

/** A hub of the seed, as `GET /_local/seed` shows it. */
export interface SeedHub {
  readonly location: string;
  readonly virtualNetworkId: string;
  readonly addressPrefixes: readonly string[];
  readonly firewallPrivateIpAddress: string;
  readonly firewallPolicyId: string;
}

const places = [
  { location: "westeurope", network: "10.0" },
  { location: "northeurope", network: "10.1" },
] as const;

const groupOf = (location: string) => `/subscriptions/${platformSubscription}/resourceGroups/rg-hub-${location}`;
const inGroup = (location: string, type: string, name: string) =>
  `${groupOf(location)}/providers/Microsoft.Network/${type}/${name}`;

/** The hubs of the platform subscription. */
export const seedHubs: readonly SeedHub[] = places.map(({ location, network }) => ({
  location,
  virtualNetworkId: inGroup(location, "virtualNetworks", `vnet-hub-${location}`),
  addressPrefixes: [`${network}.0.0/16`],
  firewallPrivateIpAddress: `${network}.0.4`,
  firewallPolicyId: inGroup(location, "firewallPolicies", `afwp-hub-${location}`),
}));

/** Writes the hubs: network, firewall with its public address and policy. */
export function seedHubNetworks(seed: SeedWriter): void {
  for (const [index, { location, network }] of places.entries()) {
    const hub = seedHubs[index];
    if (hub === undefined) continue;
    seed.put(groupOf(location), { location });
    const subnet = (name: string, addressPrefix: string) => ({
      name,
      properties: { addressPrefix, defaultOutboundAccess: false },
    });
    seed.put(hub.virtualNetworkId, {
      location,
      properties: {
        addressSpace: { addressPrefixes: hub.addressPrefixes },
        subnets: [
          subnet("AzureFirewallSubnet", `${network}.0.0/26`),
          subnet("snet-management", `${network}.1.0/26`),
          subnet("AzureBastionSubnet", `${network}.2.0/26`),
          subnet("snet-dns", `${network}.3.0/28`),
        ],
      },
    });
    seedFirewall(seed, hub);
  }
}

function seedFirewall(seed: SeedWriter, { location, virtualNetworkId, firewallPolicyId }: SeedHub): void {
  const address = inGroup(location, "publicIPAddresses", `pip-afw-hub-${location}`);
  seed.put(address, {
    location,
    sku: { name: "Standard" },
    properties: { publicIPAllocationMethod: "Static", publicIPAddressVersion: "IPv4" },
  });
  seed.put(firewallPolicyId, { location, properties: { sku: { tier: "Standard" }, threatIntelMode: "Deny" } });
  seed.put(inGroup(location, "azureFirewalls", `afw-hub-${location}`), {
    location,
    properties: {
      sku: { name: "AZFW_VNet", tier: "Standard" },
      firewallPolicy: { id: firewallPolicyId },
      ipConfigurations: [
        {
          name: "ipconfig",
          properties: {
            subnet: { id: `${virtualNetworkId}/subnets/AzureFirewallSubnet` },
            publicIPAddress: { id: address },
          },
        },
      ],
    },
  });
}
