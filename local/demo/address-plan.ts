import { parseCidr } from "cidr-tools";

/** Where things of a spoke shall stand in its address space (contract: the upper quarter is the gateway's). */
export interface AddressPlan {
  readonly gatewayPrefix: string;
  readonly tiers: readonly { readonly name: string; readonly prefix: string; readonly loadBalancerAddress: string }[];
}

/** The gateway takes the upper quarter, tiers take consecutive sixteenths; a load balancer has network + 4. */
export function addressPlan(spokePrefix: string, tierNames: readonly string[]): AddressPlan {
  const { start, prefix } = parseCidr(spokePrefix);
  const length = Number(prefix);
  const sixteenth = 1n << BigInt(32 - length - 4);
  return {
    gatewayPrefix: `${dotted(start + 12n * sixteenth)}/${length + 2}`,
    tiers: tierNames.map((name, index) => {
      const network = start + BigInt(index) * sixteenth;
      return { name, prefix: `${dotted(network)}/${length + 4}`, loadBalancerAddress: dotted(network + 4n) };
    }),
  };
}

function dotted(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join(".");
}
