import type { NetworkManagementClient, SecurityRule } from "@azure/arm-network";
import { afterAll, beforeAll, expect } from "vitest";
import { firstSubscription, type LocalAzure, startLocalAzure } from "../local-azure.ts";

export const location = "westeurope";
export const group = "rg-network";
export const networkId = `/subscriptions/${firstSubscription}/resourceGroups/${group}/providers/Microsoft.Network`;

/** One local Azure for a test file, with a resource group. */
export interface NetworkFixture {
  readonly azure: LocalAzure;
  readonly client: NetworkManagementClient;
}

/** Starts local Azure before the tests of a file and ends it after them. */
export function useNetwork(speed = 0): NetworkFixture {
  const state: { azure?: LocalAzure; client?: NetworkManagementClient } = {};
  beforeAll(async () => {
    state.azure = await startLocalAzure({ speed });
    state.client = state.azure.network();
    await state.azure.resources().resourceGroups.createOrUpdate(group, { location });
  });
  afterAll(async () => {
    await state.azure?.stop();
  });
  return {
    get azure() {
      if (!state.azure) throw new Error("local Azure has not started");
      return state.azure;
    },
    get client() {
      if (!state.client) throw new Error("local Azure has not started");
      return state.client;
    },
  };
}

/** The call must be refused with this status and Azure's code. */
export async function expectRefusal(call: PromiseLike<unknown>, statusCode: number, code: string): Promise<void> {
  await expect(call).rejects.toMatchObject({ statusCode, code });
}

/** A security rule that is complete; the members given replace its own. */
export function rule(name: string, priority: number, members: Partial<SecurityRule> = {}): SecurityRule {
  return {
    name,
    priority,
    protocol: "Tcp",
    direction: "Inbound",
    access: "Allow",
    sourceAddressPrefix: "*",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "443",
    ...members,
  };
}

/** Collects a paged list. */
export async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}

/** Makes a virtual network with subnets `{name: prefix}`. */
export async function makeNetwork(
  client: NetworkManagementClient,
  name: string,
  addressPrefix: string,
  subnets: Readonly<Record<string, string>> = {},
): Promise<void> {
  await client.virtualNetworks.createOrUpdate(group, name, {
    location,
    addressSpace: { addressPrefixes: [addressPrefix] },
    subnets: Object.entries(subnets).map(([subnet, prefix]) => ({ name: subnet, addressPrefix: prefix })),
  });
}

/** The ID of a subnet of the fixture's group. */
export function subnetId(network: string, subnet: string): string {
  return `${networkId}/virtualNetworks/${network}/subnets/${subnet}`;
}
