import type { ApplicationRule, NetworkRule } from "@azure/arm-network";
import type { FirewallApplicationRuleBody, FirewallNetworkRuleBody } from "../domain/resource.ts";
import { inOrderOf } from "./normal-form.ts";

/** A network rule in normal form; lists stand in the order of the `wanted` rule of the same name. */
export function networkRuleBody(
  native: NetworkRule,
  wanted: FirewallNetworkRuleBody | undefined,
): FirewallNetworkRuleBody {
  const protocols = inOrderOf(wanted?.ipProtocols ?? [], native.ipProtocols ?? []);
  return {
    name: native.name ?? "",
    description: native.description ?? "",
    ipProtocols: protocols as FirewallNetworkRuleBody["ipProtocols"][number][],
    sourceAddresses: inOrderOf(wanted?.sourceAddresses ?? [], native.sourceAddresses ?? []),
    sourceIpGroupIds: inOrderOf(wanted?.sourceIpGroupIds ?? [], native.sourceIpGroups ?? []),
    destinationAddresses: inOrderOf(wanted?.destinationAddresses ?? [], native.destinationAddresses ?? []),
    destinationPorts: inOrderOf(wanted?.destinationPorts ?? [], native.destinationPorts ?? []),
  };
}

/** The network rule as Azure takes it. */
export function nativeNetworkRule(body: FirewallNetworkRuleBody): NetworkRule {
  return {
    ruleType: "NetworkRule",
    name: body.name,
    description: body.description,
    ipProtocols: [...body.ipProtocols],
    sourceAddresses: [...body.sourceAddresses],
    sourceIpGroups: [...body.sourceIpGroupIds],
    destinationAddresses: [...body.destinationAddresses],
    destinationPorts: [...body.destinationPorts],
  };
}

/** An application rule in normal form; protocols are told in the order of the `wanted` rule of the same name. */
export function applicationRuleBody(
  native: ApplicationRule,
  wanted: FirewallApplicationRuleBody | undefined,
): FirewallApplicationRuleBody {
  const keyOf = (protocol: { protocolType?: string; port?: number }) => `${protocol.protocolType}:${protocol.port}`;
  const standing = (native.protocols ?? []).map((protocol) => ({
    protocolType: protocol.protocolType === "Http" ? ("Http" as const) : ("Https" as const),
    port: protocol.port ?? 0,
  }));
  const order = inOrderOf((wanted?.protocols ?? []).map(keyOf), standing.map(keyOf));
  return {
    name: native.name ?? "",
    description: native.description ?? "",
    protocols: standing.toSorted((a, b) => order.indexOf(keyOf(a)) - order.indexOf(keyOf(b))),
    sourceAddresses: inOrderOf(wanted?.sourceAddresses ?? [], native.sourceAddresses ?? []),
    sourceIpGroupIds: inOrderOf(wanted?.sourceIpGroupIds ?? [], native.sourceIpGroups ?? []),
    targetFqdns: inOrderOf(wanted?.targetFqdns ?? [], native.targetFqdns ?? []),
  };
}

/** The application rule as Azure takes it. */
export function nativeApplicationRule(body: FirewallApplicationRuleBody): ApplicationRule {
  return {
    ruleType: "ApplicationRule",
    name: body.name,
    description: body.description,
    protocols: body.protocols.map(({ protocolType, port }) => ({ protocolType, port })),
    sourceAddresses: [...body.sourceAddresses],
    sourceIpGroups: [...body.sourceIpGroupIds],
    targetFqdns: [...body.targetFqdns],
  };
}
