import type { NetworkInterfaceFact } from "../../domain/platform-facts.ts";
import type { RouteBody, SubnetBody } from "../../domain/resource.ts";

/** The network of a spoke as it stands in Azure, as far as it decides what passes. */
export interface StandingNetwork {
  /** Null where the virtual network does not stand. */
  readonly subnets: readonly SubnetBody[] | null;
  /** NSGs that these subnets carry, by key of their id, as Resource Manager answers them; null where one cannot be read. */
  readonly networkSecurityGroups: ReadonlyMap<string, unknown>;
  /** Routes of the tables that these subnets carry, by key of the table's id. */
  readonly routes: ReadonlyMap<string, readonly RouteBody[]>;
  readonly networkInterfaces: readonly NetworkInterfaceFact[];
}

/** The subnet of a tier, or of the gateway; undefined where it does not stand. */
export function standingSubnet({ subnets }: StandingNetwork, subnet: string): SubnetBody | undefined {
  return subnets?.find(({ name }) => name.toLowerCase() === `snet-${subnet}`);
}
