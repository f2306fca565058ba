import type { NamedRule } from "./rule-set.ts";

function rule(
  name: string,
  description: string,
  access: "Allow" | "Deny",
  direction: "Inbound" | "Outbound",
  priority: number,
  source: string,
  destination: string,
): NamedRule {
  return {
    name,
    properties: {
      description,
      protocol: "*",
      sourcePortRange: "*",
      destinationPortRange: "*",
      sourceAddressPrefix: source,
      destinationAddressPrefix: destination,
      access,
      priority,
      direction,
      sourcePortRanges: [],
      destinationPortRanges: [],
      sourceAddressPrefixes: [],
      destinationAddressPrefixes: [],
    },
  };
}

/** The six rules that every network security group has and nobody can change (REST API, NetworkSecurityGroupGet). */
export const defaultSecurityRules: readonly NamedRule[] = [
  rule(
    "AllowVnetInBound",
    "Allow inbound traffic from all VMs in VNET",
    "Allow",
    "Inbound",
    65000,
    "VirtualNetwork",
    "VirtualNetwork",
  ),
  rule(
    "AllowAzureLoadBalancerInBound",
    "Allow inbound traffic from azure load balancer",
    "Allow",
    "Inbound",
    65001,
    "AzureLoadBalancer",
    "*",
  ),
  rule("DenyAllInBound", "Deny all inbound traffic", "Deny", "Inbound", 65500, "*", "*"),
  rule(
    "AllowVnetOutBound",
    "Allow outbound traffic from all VMs to all VMs in VNET",
    "Allow",
    "Outbound",
    65000,
    "VirtualNetwork",
    "VirtualNetwork",
  ),
  rule(
    "AllowInternetOutBound",
    "Allow outbound traffic from all VMs to Internet",
    "Allow",
    "Outbound",
    65001,
    "*",
    "Internet",
  ),
  rule("DenyAllOutBound", "Deny all outbound traffic", "Deny", "Outbound", 65500, "*", "*"),
];
