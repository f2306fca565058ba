import type { RuleContext } from "../rule-context.ts";
import { managementFlows, outboundFlows } from "./access-flows.ts";
import { applicationFlows } from "./application-flows.ts";
import { addressEnd, everyPort, type FlowEnd, type IntendedFlow, onePort, type SubnetIntent } from "./intended-flow.ts";

/** Name of the gateway's subnet among the tiers; no tier may have it (contract §3). */
export const gatewaySubnet = "gateway";

/**
 * What the request means to pass, subnet by subnet: written from the request and the guidance alone, beside the rules
 * and not from them, so that a proof that both agree says something.
 */
export function intentOf(context: RuleContext): SubnetIntent[] {
  const inside = [...applicationFlows(context), ...managementFlows(context)];
  const tiers = context.tiers.map(({ name }) => ({
    subnet: name,
    Outbound: [...inside.filter((flow) => leaves(flow, name)), ...outboundFlows(context, name)],
    Inbound: inside.filter((flow) => arrives(flow, name)),
  }));
  return [...tiers, gatewayIntent(context)];
}

function leaves({ from }: IntendedFlow, tier: string): boolean {
  return (from.kind === "tier" || from.kind === "load-balancer") && from.tier === tier;
}

function arrives({ to }: IntendedFlow, tier: string): boolean {
  return (to.kind === "tier" || to.kind === "load-balancer") && to.tier === tier;
}

/**
 * The gateway's subnet: users to it where it publishes, what Azure demands of every subnet of an Application Gateway v2
 * (trap 15), and nothing held back outbound, which Azure does not support there (trap 16).
 */
function gatewayIntent({ gateway, internalPrefixes, spokePrefix }: RuleContext): SubnetIntent {
  const subnet: FlowEnd = { kind: "gateway" };
  const into = (
    tag: "Internet" | "GatewayManager" | "AzureLoadBalancer",
    protocol: "Tcp" | "*",
    ports: IntendedFlow["ports"],
    reason: string,
  ): IntendedFlow => ({ from: { kind: "service-tag", tag }, to: subnet, protocol, ports, reason });
  return {
    subnet: gatewaySubnet,
    Outbound: [
      outbound(addressEnd(["0.0.0.0/0"], [...internalPrefixes, spokePrefix])),
      outbound(addressEnd([spokePrefix])),
      // Azure's default rules let out to networks that are connected, and to no others.
      { ...outbound(addressEnd(internalPrefixes)), optional: true },
    ],
    Inbound: [
      ...(gateway.publishes ? [into("Internet", "Tcp", onePort(443), "users, HTTPS only")] : []),
      into("GatewayManager", "Tcp", [65200, 65535], "Azure's management of the gateway"),
      into("AzureLoadBalancer", "*", everyPort, "Azure's health probes of the gateway"),
    ],
  };
}

function outbound(to: FlowEnd): IntendedFlow {
  return { from: { kind: "any" }, to, protocol: "*", ports: everyPort, reason: "outbound is not held back" };
}
