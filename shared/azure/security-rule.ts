import type { SecurityRule } from "@azure/arm-network";
import type { SecurityRuleBody } from "../domain/resource.ts";
import { inOrderOf, mergedList, singularOrPlural } from "./normal-form.ts";

const protocols = ["Tcp", "Udp", "Icmp", "Esp", "Ah", "*"] as const;

/** Azure's rule in normal form; lists stand in the order of the `wanted` rule of the same name. */
export function securityRuleBody(native: SecurityRule, wanted: SecurityRuleBody | undefined): SecurityRuleBody {
  const protocol = protocols.find((known) => known.toLowerCase() === native.protocol?.toLowerCase());
  if (protocol === undefined) throw new TypeError(`Security rule ${native.id} has the protocol ${native.protocol}`);
  const source = mergedList(native.sourceAddressPrefix, native.sourceAddressPrefixes);
  const destination = mergedList(native.destinationAddressPrefix, native.destinationAddressPrefixes);
  const sourcePorts = mergedList(native.sourcePortRange, native.sourcePortRanges);
  const destinationPorts = mergedList(native.destinationPortRange, native.destinationPortRanges);
  return {
    name: native.name ?? "",
    description: native.description ?? "",
    priority: native.priority ?? 0,
    direction: native.direction === "Outbound" ? "Outbound" : "Inbound",
    access: native.access === "Allow" ? "Allow" : "Deny",
    protocol,
    sourceAddressPrefixes: inOrderOf(wanted?.sourceAddressPrefixes ?? [], source),
    sourceApplicationSecurityGroupIds: inOrderOf(
      wanted?.sourceApplicationSecurityGroupIds ?? [],
      idsOf(native.sourceApplicationSecurityGroups),
    ),
    sourcePortRanges: inOrderOf(wanted?.sourcePortRanges ?? [], sourcePorts),
    destinationAddressPrefixes: inOrderOf(wanted?.destinationAddressPrefixes ?? [], destination),
    destinationApplicationSecurityGroupIds: inOrderOf(
      wanted?.destinationApplicationSecurityGroupIds ?? [],
      idsOf(native.destinationApplicationSecurityGroups),
    ),
    destinationPortRanges: inOrderOf(wanted?.destinationPortRanges ?? [], destinationPorts),
  };
}

/** The rule as Azure takes it: `*` and service tags stand only in the singular fields. */
export function nativeSecurityRule(body: SecurityRuleBody): SecurityRule {
  const source = singularOrPlural(body.sourceAddressPrefixes);
  const sourcePorts = singularOrPlural(body.sourcePortRanges);
  const destination = singularOrPlural(body.destinationAddressPrefixes);
  const destinationPorts = singularOrPlural(body.destinationPortRanges);
  return {
    name: body.name,
    description: body.description,
    priority: body.priority,
    direction: body.direction,
    access: body.access,
    protocol: body.protocol,
    sourceAddressPrefix: source.singular,
    sourceAddressPrefixes: source.plural,
    sourceApplicationSecurityGroups: body.sourceApplicationSecurityGroupIds.map((id) => ({ id })),
    sourcePortRange: sourcePorts.singular,
    sourcePortRanges: sourcePorts.plural,
    destinationAddressPrefix: destination.singular,
    destinationAddressPrefixes: destination.plural,
    destinationApplicationSecurityGroups: body.destinationApplicationSecurityGroupIds.map((id) => ({ id })),
    destinationPortRange: destinationPorts.singular,
    destinationPortRanges: destinationPorts.plural,
  };
}

function idsOf(groups: readonly { readonly id?: string }[] | undefined): string[] {
  return (groups ?? []).map((group) => group.id ?? "");
}
