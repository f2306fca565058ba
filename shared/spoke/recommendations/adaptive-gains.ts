import type { AdaptiveRule } from "../../domain/recommendation.ts";
import type { DesiredResource, SecurityRuleBody } from "../../domain/resource.ts";
import { resourceName, sameResourceId } from "../../domain/resource-id.ts";
import { gatewaySubnet } from "../../rules/intent/intent-of.ts";
import { securityGroupChange } from "../changes/security-group-meaning.ts";
import type { SpokeDesign } from "../spoke-design.ts";
import type { AmendedSpoke, Hindrance } from "./amended-spoke.ts";

type Group = DesiredResource<"Microsoft.Network/networkSecurityGroups">;

/**
 * Whether rules of Defender's adaptive hardening let anything pass that the spoke's own do not, over all packets. The
 * rules are read as the first of the NSG and for any machine of its subnet: the worst that they can be.
 */
export function adaptiveGains(rules: readonly AdaptiveRule[], { design, resources }: AmendedSpoke): Hindrance | null {
  const ids = [...new Set(rules.flatMap((rule) => rule.networkSecurityGroupIds))];
  if (ids.length === 0) return { code: "ByHand", message: "Defender names no NSG that holds for the machine." };
  for (const id of ids) {
    const group = resources.find((one): one is Group => isGroup(one) && sameResourceId(one.id, id));
    if (group === undefined) {
      return {
        code: "ByHand",
        message: `${resourceName(id)} is no NSG of the spoke: the tool does not have it changed.`,
      };
    }
    const own = rules.filter((rule) => rule.networkSecurityGroupIds.some((one) => sameResourceId(one, id)));
    const subnet = subnetOf(group.id, design.request.name);
    const prefix = prefixOf(design, subnet);
    const first = own.map((rule) => bodyOf(rule, prefix));
    const after = { ...group.body, securityRules: withFirst(group.body.securityRules, first) };
    const { meanings, difference } = securityGroupChange(design.ruleContext, subnet, group.body, after);
    const unknown = meanings.find(({ code }) => code === "MeaningUnknown");
    const [gained] = difference.gained;
    if (unknown !== undefined) return { code: "LetsMoreIn", message: unknown.message };
    if (gained !== undefined) {
      return { code: "LetsMoreIn", message: `The rules would let pass what the spoke does not: ${gained.text}.` };
    }
  }
  return null;
}

function isGroup(resource: DesiredResource): resource is Group {
  return resource.type === "Microsoft.Network/networkSecurityGroups";
}

function subnetOf(id: string, spoke: string): string {
  const tier = resourceName(id).slice(`nsg-${spoke}-`.length);
  return tier === "gateway" ? gatewaySubnet : tier;
}

/** The rules before all others: only the order counts for what they mean, so priorities are given anew. */
function withFirst(own: readonly SecurityRuleBody[], first: readonly SecurityRuleBody[]): SecurityRuleBody[] {
  const ordered = [...first, ...own.toSorted((a, b) => a.priority - b.priority)];
  return ordered.map((rule, index) => ({ ...rule, priority: 100 + index }));
}

/** Where the machines of a tier, or the gateway, stand. */
function prefixOf({ ruleContext }: SpokeDesign, subnet: string): string {
  const tier = ruleContext.tiers.find(({ name }) => name === subnet);
  return (tier ?? ruleContext.gateway).addressPrefix;
}

function bodyOf(
  { name, direction, destinationPort, protocols, ipAddresses }: AdaptiveRule,
  own: string,
): SecurityRuleBody {
  const [only] = protocols;
  const others = ipAddresses.length === 0 ? ["*"] : ipAddresses;
  return {
    name,
    description: "",
    priority: 100,
    direction,
    access: ipAddresses.length === 0 ? "Deny" : "Allow",
    protocol: protocols.length === 1 && only !== undefined ? only : "*",
    sourceAddressPrefixes: direction === "Outbound" ? [own] : others,
    sourceApplicationSecurityGroupIds: [],
    sourcePortRanges: ["*"],
    destinationAddressPrefixes: direction === "Inbound" ? [own] : others,
    destinationApplicationSecurityGroupIds: [],
    destinationPortRanges: [String(destinationPort)],
  };
}
