import { type AddressSet, anyAddress, parseAddressSet } from "./address-set.ts";
import type { Direction, MeaningRule } from "./meaning-rule.ts";
import { anyPort } from "./port-set.ts";

const tag = (name: string): AddressSet => parseAddressSet([name], [], name);

/** The rules that every NSG has and nobody can change (Microsoft Learn, "Network security groups", default rules). */
export const defaultRules: Readonly<Record<Direction, readonly MeaningRule[]>> = {
  Inbound: [
    rule("AllowVnetInBound", 65000, "Inbound", "Allow", tag("VirtualNetwork"), tag("VirtualNetwork")),
    rule("AllowAzureLoadBalancerInBound", 65001, "Inbound", "Allow", tag("AzureLoadBalancer"), anyAddress),
    rule("DenyAllInBound", 65500, "Inbound", "Deny", anyAddress, anyAddress),
  ],
  Outbound: [
    rule("AllowVnetOutBound", 65000, "Outbound", "Allow", tag("VirtualNetwork"), tag("VirtualNetwork")),
    rule("AllowInternetOutBound", 65001, "Outbound", "Allow", anyAddress, tag("Internet")),
    rule("DenyAllOutBound", 65500, "Outbound", "Deny", anyAddress, anyAddress),
  ],
};

function rule(
  name: string,
  priority: number,
  direction: Direction,
  access: "Allow" | "Deny",
  source: AddressSet,
  destination: AddressSet,
): MeaningRule {
  const ports = { sourcePorts: anyPort, destinationPorts: anyPort };
  return { name, priority, direction, access, protocol: null, source, destination, ...ports };
}
