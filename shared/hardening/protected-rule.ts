import { anyPrefixContains, canonicalIpv4Prefix, isIpv4Address, isIpv4Prefix } from "../domain/address-prefix.ts";
import type { SecurityRuleBody } from "../domain/resource.ts";
import type { VmManagement } from "../domain/vm-management.ts";
import { gatewaySubnet } from "../rules/intent/intent-of.ts";
import { vmManagementDestinations } from "../rules/vm-management.ts";

/** Tags and addresses of the platform itself (traps 5, 8, 15). */
const platformSources = /^(AzureLoadBalancer|GatewayManager|AzurePlatform\w+|168\.63\.129\.16(\/32)?)$/i;
/** Defender's just-in-time access writes and removes rules of these names by itself (trap 7). */
const justInTimeName = /^(SecurityCenter|MicrosoftDefenderForCloud)-JITRule/i;

/** Whether a rule stays as it is, whatever was or was not seen: what denies, and what the platform needs. */
export function isProtectedRule(rule: SecurityRuleBody, subnet: string, vmManagement: VmManagement): boolean {
  const { access, direction, name, sourceAddressPrefixes, destinationAddressPrefixes } = rule;
  if (access === "Deny" || justInTimeName.test(name)) return true;
  if ([...sourceAddressPrefixes, ...destinationAddressPrefixes].some((prefix) => platformSources.test(prefix)))
    return true;
  // The gateway needs the Internet (trap 16), and Azure refuses it where something is missing.
  if (subnet === gatewaySubnet && direction === "Outbound") return true;
  return direction === "Outbound" && isManagement(destinationAddressPrefixes, vmManagement);
}

/** Destinations that machines need rarely and then badly: activation once in months (trap 9). */
function isManagement(prefixes: readonly string[], vmManagement: VmManagement): boolean {
  const managementPrefixes = vmManagementDestinations(vmManagement).flatMap((destination) => destination.prefixes);
  return (
    prefixes.length > 0 &&
    prefixes.every(
      (prefix) =>
        (isIpv4Address(prefix) || isIpv4Prefix(prefix)) &&
        anyPrefixContains(managementPrefixes, canonicalIpv4Prefix(prefix)),
    )
  );
}
