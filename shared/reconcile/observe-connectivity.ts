import type { AzurePorts } from "../azure/ports.ts";
import type { Connectivity } from "../domain/connectivity.ts";
import type { PlatformConfiguration } from "../domain/platform-configuration.ts";
import type { SpokeRecord } from "../domain/spoke-record.ts";
import { withoutUnapproved } from "../domain/without-unapproved.ts";
import { connectivityOf } from "../spoke/connectivity/connectivity-of.ts";
import { designNetwork, type NetworkDesign } from "../spoke/design-network.ts";
import { spokeNames } from "../spoke/spoke-names.ts";
import { observeNetwork } from "./observe-network.ts";

export interface ObservedConnectivity {
  readonly connectivity: Connectivity;
  readonly design: NetworkDesign;
}

/**
 * Looks at the network of a spoke as it stands, and proves it against the request by which it stands: a request that
 * nobody approved yet counts for nothing.
 * @throws RefusedError where the request fits the platform no longer, or the rules are too complex; RefusedError or
 * TransientError where Azure could not be asked.
 */
export async function observeConnectivity(
  azure: AzurePorts,
  configuration: PlatformConfiguration,
  record: SpokeRecord,
): Promise<ObservedConnectivity> {
  const { name, request, addressPrefix, tierSlots } = withoutUnapproved(record);
  const names = spokeNames(request, configuration, null);
  const design = designNetwork({ request, addressPrefix, tierSlots, configuration }, names);
  const shallStand = record.status === "Succeeded" || record.replaced !== undefined;
  const network = await observeNetwork(azure, request, names);
  return { connectivity: connectivityOf({ name, design, names, shallStand }, network), design };
}
