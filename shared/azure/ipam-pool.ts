import type { StaticCidr } from "@azure/arm-network";
import type { IpamPoolUsage } from "../domain/address-pool.ts";
import { isCanonicalIpv4Prefix, mergedPrefixes, prefixContains } from "../domain/address-prefix.ts";
import { RefusedError } from "../domain/errors.ts";
import { parseResourceId } from "../domain/resource-id.ts";
import type { AzureClients } from "./clients.ts";
import { unlessMissing } from "./missing.ts";
import { updateIntervalInMs } from "./operation-pace.ts";
import type { IpamPoolPort } from "./ports.ts";
import { readThrown } from "./thrown-failure.ts";

/** IPAM pools of Azure Virtual Network Manager; a prefix is held by a static CIDR. */
export function ipamPoolPort(clients: AzureClients): IpamPoolPort {
  async function poolAt(id: string) {
    const { subscriptionId, resourceGroup, names } = parseResourceId(id);
    const client = await clients.network(subscriptionId ?? "");
    return { client, path: [resourceGroup ?? "", names[0] ?? "", names[1] ?? ""] as const, name: names[2] ?? "" };
  }

  async function usageOf(poolId: string): Promise<IpamPoolUsage> {
    const { client, path } = await poolAt(poolId);
    const usage = await unlessMissing(() => client.ipamPools.getPoolUsage(...path));
    if (usage === null) throw poolMissing(poolId);
    const ipv4 = (prefixes: readonly string[] | undefined) => (prefixes ?? []).filter(isCanonicalIpv4Prefix);
    return {
      addressPrefixes: ipv4(usage.addressPrefixes),
      availableAddressPrefixes: ipv4(usage.availableAddressPrefixes),
    };
  }

  async function standing(staticCidrId: string): Promise<StaticCidr | null> {
    const { client, path, name } = await poolAt(staticCidrId);
    return unlessMissing(() => client.staticCidrs.get(...path, name));
  }

  return {
    usageOf: (poolId) => clients.attempt(poolId, () => usageOf(poolId)),

    reserve: (staticCidrId, prefix, description) =>
      clients.attempt(staticCidrId, async () => {
        if (holds(await standing(staticCidrId), prefix)) return true;
        const { client, path, name } = await poolAt(staticCidrId);
        try {
          const body = { properties: { addressPrefixes: [prefix], description } };
          await client.staticCidrs.create(...path, name, { body });
          return true;
        } catch (thrown) {
          // Azure documents no code for a prefix that somebody holds: whether it is one, the pool tells.
          const { statusCode } = readThrown(thrown);
          if (statusCode !== 400 && statusCode !== 409) throw thrown;
          const { addressPrefixes, availableAddressPrefixes } = await usageOf(parseResourceId(staticCidrId).parentId);
          if (!contain(addressPrefixes, prefix) || contain(availableAddressPrefixes, prefix)) throw thrown;
          return holds(await standing(staticCidrId), prefix);
        }
      }),

    release: (staticCidrId) =>
      clients.attempt(staticCidrId, async () => {
        const { client, path, name } = await poolAt(staticCidrId);
        await unlessMissing(async () => {
          await client.staticCidrs.delete(...path, name, { updateIntervalInMs });
        });
      }),
  };
}

function holds(cidr: StaticCidr | null, prefix: string): boolean {
  const { addressPrefixes = [], provisioningState } = cidr?.properties ?? {};
  return provisioningState !== "Failed" && addressPrefixes.includes(prefix);
}

function contain(prefixes: readonly string[], prefix: string): boolean {
  return mergedPrefixes(prefixes).some((one) => prefixContains(one, prefix));
}

function poolMissing(poolId: string): RefusedError {
  return new RefusedError({
    code: "IpamPoolMissing",
    message: "The IPAM pool of the location does not stand, or the tool may not read it.",
    resourceId: poolId,
    remedy: "Correct addressPools in the platform configuration, or give the app's identity the role of infra/roles.",
  });
}
