import { isCanonicalIpv4Prefix, prefixesOverlap } from "../domain/address-prefix.ts";
import type { Finding } from "../domain/finding.ts";
import { sameResourceId } from "../domain/resource-id.ts";
import type { SpokeDesign } from "./spoke-design.ts";

/** Address ranges beside the spoke's own: those that others gave its network, and networks that have the same ones. */
export function addressFindings(design: SpokeDesign): Finding[] {
  const { spokePrefix } = design.addresses;
  const own = design.names.virtualNetwork;
  return design.facts.virtualNetworks.flatMap((network) =>
    sameResourceId(network.id, own)
      ? network.addressPrefixes.filter((prefix) => prefix !== spokePrefix).map((prefix) => foreign(own, prefix))
      : network.addressPrefixes
          .filter((prefix) => isCanonicalIpv4Prefix(prefix) && prefixesOverlap(prefix, spokePrefix))
          .map((prefix) => overlap(network.id, prefix, spokePrefix)),
  );
}

/** It is kept, because subnets of others may stand in it; but nobody leased it, and no rule of the spoke names it. */
function foreign(virtualNetwork: string, prefix: string): Finding {
  return {
    code: "ForeignAddressRange",
    severity: "high",
    message: `Others added the address range ${prefix} to the spoke's virtual network; the spoke's rules, routes and leases do not know it.`,
    resourceId: virtualNetwork,
    remedy: `Take ${prefix} and the subnets in it out of the network, or ask for a spoke of its own for them.`,
    step: 5,
  };
}

function overlap(network: string, prefix: string, spokePrefix: string): Finding {
  return {
    code: "AddressRangeOverlapsNetwork",
    severity: "medium",
    message: `The spoke's ${spokePrefix} overlaps ${prefix} of another virtual network of the subscription: the two can never be peered.`,
    resourceId: network,
    remedy: "Ask for another address prefix, or take that network out of use.",
    step: 5,
  };
}
