import { splitOutbound } from "../outbound-split.ts";
import type { RuleContext } from "../rule-context.ts";
import { vmManagementDestinations } from "../vm-management.ts";
import { addressEnd, everyPort, type FlowEnd, type IntendedFlow, onePort, tierEnd } from "./intended-flow.ts";

const everywhere = ["0.0.0.0/0"];

/** Management traffic into the tiers (guidance, step 5, "Plan for management traffic into the VNet"). */
export function managementFlows(context: RuleContext): IntendedFlow[] {
  return context.managementAccess.flatMap(({ from, to, protocol, port, description }) =>
    to.map((tier) => ({
      from: addressEnd([from]),
      to: tierEnd(tier),
      protocol,
      ports: onePort(port),
      reason: description || `management from ${from}`,
    })),
  );
}

/** What a tier may reach outside the spoke: name servers, what machines need to be managed, the request's own. */
export function outboundFlows(context: RuleContext, tier: string): IntendedFlow[] {
  if (context.outbound === "allow-all") return [openOutbound(addressEnd(everywhere), "outbound: allow-all")];
  const flow = (protocol: "Tcp" | "Udp", to: FlowEnd, port: number, reason: string): IntendedFlow => ({
    from: tierEnd(tier),
    to,
    protocol,
    ports: onePort(port),
    reason,
  });
  const servers = context.dnsServers.map((server) => `${server}/32`);
  const { byPrefix, byHostName } = splitOutbound(context.outboundAccess);
  const own = byPrefix.filter((access) => access.from.includes(tier));
  return [
    ...(servers.length === 0
      ? []
      : (["Udp", "Tcp"] as const).map((protocol) => flow(protocol, addressEnd(servers), 53, "name servers"))),
    ...vmManagementDestinations(context.vmManagement).map((to) =>
      flow(to.protocol, addressEnd(to.prefixes), to.port, to.description),
    ),
    ...own.map((access) =>
      flow(access.protocol, addressEnd([access.prefix]), access.port, access.description || `to ${access.to}`),
    ),
    ...throughFirewall(
      context,
      tier,
      byHostName.filter((access) => access.from.includes(tier)).map((access) => access.port),
    ),
  ];
}

/**
 * Behind the firewall route. An NSG sees the packet's real destination, so what the firewall shall decide by name must
 * leave the subnet: the ports of the names, or everything with the guidance's "Alternative Deny Rules"; but nothing
 * towards the spoke, hubs and internal networks.
 */
function throughFirewall(context: RuleContext, tier: string, ports: readonly number[]): IntendedFlow[] {
  if (!context.behindFirewall) return [];
  const outside = addressEnd(everywhere, [context.spokePrefix, ...context.internalPrefixes]);
  if (context.outbound === "deny-virtual-network") return [openOutbound(outside, "outbound: deny-virtual-network")];
  const named = new Set([...context.vmManagement.fqdns.map((entry) => entry.port), ...ports]);
  return [...named].map((port) => ({
    from: tierEnd(tier),
    to: outside,
    protocol: "Tcp" as const,
    ports: onePort(port),
    reason: "host names that the hub's firewall decides",
  }));
}

function openOutbound(to: FlowEnd, reason: string): IntendedFlow {
  return { from: { kind: "any" }, to, protocol: "*", ports: everyPort, reason };
}
