import type { HubFirewall } from "../domain/platform-configuration.ts";
import type { DesiredResource, FirewallApplicationRuleBody, FirewallNetworkRuleBody } from "../domain/resource.ts";
import { splitOutbound } from "../rules/outbound-split.ts";
import { vmManagementDestinations } from "../rules/vm-management.ts";
import { firewallRuleName } from "./firewall-rule-name.ts";
import type { SpokeDesign } from "./spoke-design.ts";

/** The spoke's part in the firewall of its hub: membership in the IP group, and its rules in this tool's collections. */
export function hubFirewallResources(design: SpokeDesign): DesiredResource[] {
  const hub = design.hub;
  if (hub === null || hub.firewall === null) return [];
  const groupId = ruleCollectionGroupId(hub.firewall);
  return [
    {
      id: hub.firewall.ipGroupId,
      type: "Microsoft.Network/ipGroups",
      ownership: "membership",
      steps: [5],
      dependsOn: [],
      body: { location: hub.location, ipAddresses: [design.addresses.spokePrefix] },
    },
    {
      id: groupId,
      type: "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
      ownership: "membership",
      steps: [5],
      dependsOn: [hub.firewall.ipGroupId],
      body: {
        priority: hub.firewall.ruleCollectionGroup.priority,
        networkRules: networkRules(design, hub.firewall),
        applicationRules: applicationRules(design, hub.firewall),
      },
    },
  ];
}

/** ARM id of this tool's rule collection group in the hub's policy. */
export function ruleCollectionGroupId(firewall: HubFirewall): string {
  return `${firewall.policyId}/ruleCollectionGroups/${firewall.ruleCollectionGroup.name}`;
}

const tierPrefixes = (design: SpokeDesign, tiers: readonly string[]): string[] =>
  tiers.map((tier) => design.addresses.tier(tier).addressPrefix).sort();

/** What passes the NSGs by address must pass the firewall too: both sides allow explicitly (guidance, step 5). */
function networkRules(design: SpokeDesign, firewall: HubFirewall): FirewallNetworkRuleBody[] {
  const forAll = (name: string, protocols: readonly ("TCP" | "UDP")[], to: readonly string[], port: number) => ({
    name: `spokes-${name}`,
    description: "",
    ipProtocols: protocols,
    sourceAddresses: [],
    sourceIpGroupIds: [firewall.ipGroupId],
    destinationAddresses: to,
    destinationPorts: [String(port)],
  });
  const servers = design.dnsServers.filter((server) => server !== firewall.privateIpAddress);
  const ofSpoke = design.request.name;
  return [
    ...(servers.length === 0 ? [] : [forAll("dns", ["TCP", "UDP"], servers, 53)]),
    ...vmManagementDestinations(design.configuration.vmManagement)
      .filter((destination) => !destination.insideHost)
      .map((destination) =>
        forAll(
          destination.name.toLowerCase(),
          [destination.protocol === "Tcp" ? "TCP" : "UDP"],
          destination.prefixes.map((prefix) => prefix.replace("/32", "")),
          destination.port,
        ),
      ),
    ...design.request.managementAccess.map((access) => ({
      name: firewallRuleName(ofSpoke, "management", access.from, access.protocol, access.port, ...access.to),
      description: access.description,
      ipProtocols: [access.protocol === "Tcp" ? ("TCP" as const) : ("UDP" as const)],
      sourceAddresses: [access.from],
      sourceIpGroupIds: [],
      destinationAddresses: tierPrefixes(design, access.to),
      destinationPorts: [String(access.port)],
    })),
    ...splitOutbound(design.request.outboundAccess).byPrefix.map((access) => ({
      name: firewallRuleName(ofSpoke, "outbound", access.prefix, access.protocol, access.port, ...access.from),
      description: access.description,
      ipProtocols: [access.protocol === "Tcp" ? ("TCP" as const) : ("UDP" as const)],
      sourceAddresses: tierPrefixes(design, access.from),
      sourceIpGroupIds: [],
      destinationAddresses: [access.prefix],
      destinationPorts: [String(access.port)],
    })),
  ];
}

/** Host names are the firewall's to decide (guidance, step 5, VM management; trap 10). */
function applicationRules(design: SpokeDesign, firewall: HubFirewall): FirewallApplicationRuleBody[] {
  const { fqdns } = design.configuration.vmManagement;
  const ports = ([443, 80] as const).filter((port) => fqdns.some((entry) => entry.port === port));
  const management = ports.map((port) => ({
    name: `spokes-vm-management-${port}`,
    description: "Microsoft Entra sign-in, anti-malware and updates",
    protocols: [{ protocolType: port === 443 ? ("Https" as const) : ("Http" as const), port }],
    sourceAddresses: [],
    sourceIpGroupIds: [firewall.ipGroupId],
    targetFqdns: fqdns.filter((entry) => entry.port === port).map((entry) => entry.fqdn),
  }));
  const ofSpoke = splitOutbound(design.request.outboundAccess).byHostName.map((access) => ({
    name: firewallRuleName(design.request.name, "outbound", access.hostName, access.port, ...access.from),
    description: access.description,
    protocols: [{ protocolType: access.port === 80 ? ("Http" as const) : ("Https" as const), port: access.port }],
    sourceAddresses: tierPrefixes(design, access.from),
    sourceIpGroupIds: [],
    targetFqdns: [access.hostName],
  }));
  return [...management, ...ofSpoke];
}
