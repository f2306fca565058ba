import type { Resource } from "../../../resource.ts";
import { healthy, notApplicable, unhealthy, type Verdict } from "./verdict.ts";

/** Source: Defender for Cloud, "Networking security recommendations": subnets that are listed as not applicable. */
const exempt = ["gatewaysubnet", "azurefirewallsubnet", "azurefirewallmanagementsubnet", "azurebastionsubnet"];

/** Whether a subnet has a network security group. */
export function assessSubnet(subnet: Resource): Verdict {
  if (exempt.includes(subnet.name.toLowerCase())) {
    return notApplicable("ReservedSubnet", `${subnet.name} takes no network security group.`);
  }
  if (subnet.body.properties.networkSecurityGroup !== undefined) return healthy;
  return unhealthy("MissingNetworkSecurityGroup", "The subnet has no network security group.");
}
