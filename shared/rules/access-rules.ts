import { splitOutbound } from "./outbound-split.ts";
import type { RuleContext, TierContext } from "./rule-context.ts";
import { group, prefixes, type RuleDraft } from "./rule-draft.ts";
import { vmManagementDestinations } from "./vm-management.ts";

/** `10.0.1.0/26` as part of a rule name, in which Azure allows no slash. */
const inName = (prefix: string): string => prefix.replace("/", "-");

/** Management traffic into the tier, from outside the spoke (guidance, step 5, management traffic). */
export function managementRules(context: RuleContext, tier: TierContext): RuleDraft[] {
  return context.managementAccess
    .filter((access) => access.to.includes(tier.name))
    .map((access) => ({
      band: "access",
      name: `Allow-Management-${inName(access.from)}-${access.protocol}-${access.port}`,
      direction: "Inbound",
      access: "Allow",
      protocol: access.protocol,
      source: prefixes(access.from),
      destination: group(tier.applicationSecurityGroupId),
      ports: [String(access.port)],
      description: access.description || `Management from ${access.from} to tier ${tier.name}.`,
    }));
}

/** What the tier may reach by address: name servers, VM management, the request's own destinations. */
export function outboundAddressRules(context: RuleContext, tier: TierContext): RuleDraft[] {
  const rule = (
    name: string,
    protocol: "Tcp" | "Udp",
    to: readonly string[],
    port: number,
    description: string,
  ): RuleDraft => ({
    band: "access",
    name,
    direction: "Outbound",
    access: "Allow",
    protocol,
    source: group(tier.applicationSecurityGroupId),
    destination: { prefixes: to },
    ports: [String(port)],
    description,
  });
  const servers = context.dnsServers.map((server) => `${server}/32`);
  const names = servers.length === 0 ? [] : (["Udp", "Tcp"] as const);
  return [
    ...names.map((protocol) => rule(`Allow-DNS-${protocol}`, protocol, servers, 53, "Name servers of the platform.")),
    ...vmManagementDestinations(context.vmManagement).map((d) =>
      rule(`Allow-${d.name}`, d.protocol, d.prefixes, d.port, d.description),
    ),
    ...splitOutbound(context.outboundAccess)
      .byPrefix.filter((access) => access.from.includes(tier.name))
      .map((access) =>
        rule(
          `Allow-to-${inName(access.prefix)}-${access.protocol}-${access.port}`,
          access.protocol,
          [access.prefix],
          access.port,
          access.description || `Tier ${tier.name} to ${access.to}.`,
        ),
      ),
  ];
}

/**
 * Behind a firewall route with everything else denied: no rule for the Internet may reach internal space, then the
 * ports of the host names are open to any address and the firewall decides the name. An NSG sees the packet's real
 * destination, not the firewall's, so without these rules nothing would arrive at the firewall.
 */
export function firewallRules(context: RuleContext, tier: TierContext): RuleDraft[] {
  if (!context.behindFirewall || context.outbound !== "deny-all") return [];
  const ports = new Set([
    ...context.vmManagement.fqdns.map((entry) => entry.port),
    ...splitOutbound(context.outboundAccess)
      .byHostName.filter((access) => access.from.includes(tier.name))
      .map((access) => access.port),
  ]);
  return [
    {
      band: "firewall",
      name: "Allow-Firewall-Tcp",
      direction: "Outbound",
      access: "Allow",
      protocol: "Tcp",
      source: group(tier.applicationSecurityGroupId),
      destination: prefixes("0.0.0.0/0"),
      ports: [...ports].map(String),
      description: "Ports of the allowed host names; the default route leads to the firewall, which decides the name.",
    },
  ];
}

/**
 * Denies before anything is opened towards the Internet. They name prefixes, never the VirtualNetwork tag, which
 * covers 0.0.0.0/0 as soon as a default route leads to an appliance (trap 6).
 */
export function internalDenyRules(context: RuleContext): RuleDraft[] {
  if (!context.behindFirewall || context.outbound === "allow-all") return [];
  const deny = (name: string, to: readonly string[], description: string): RuleDraft => ({
    band: "internal-deny",
    name,
    direction: "Outbound",
    access: "Deny",
    protocol: "*",
    source: { any: true },
    destination: { prefixes: to },
    ports: ["*"],
    description,
  });
  return [
    deny("Deny-Spoke", [context.spokePrefix], "Nothing else inside the spoke, whatever the Internet rules say."),
    deny("Deny-Internal", context.internalPrefixes, "Nothing else in hubs, other spokes and internal networks."),
  ];
}
