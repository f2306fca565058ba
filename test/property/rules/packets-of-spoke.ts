import type { SecurityRuleBody } from "../../../shared/domain/resource.ts";
import type { RuleContext } from "../../../shared/rules/rule-context.ts";

/*
 * A second evaluator, for the meaning of a spoke: packet by packet, with machines that are or are not members of an ASG.
 * It shares no code with the engine, and its intent is read from the request in another way: by asking, for one
 * packet, whether some sentence of the contract lets it pass.
 */

/** An end of a packet: an address, and the ASG that its network interface joined. */
export interface End {
  readonly address: string;
  readonly group: string | null;
  /** Tier or `gateway` in whose subnet it stands. */
  readonly subnet: string | null;
  readonly kind: "machine" | "balancer" | "gateway" | "free" | "internal" | "probe" | "internet" | "manager";
}

export interface SpokePacket {
  readonly from: End;
  readonly to: End;
  readonly protocol: "Tcp" | "Udp" | "Icmp";
  readonly port: number;
  readonly sourcePort?: number;
}

const number = (address: string) => address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
const text = (value: number) => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");

export function inPrefix(prefix: string, address: string): boolean {
  const [network = "", length = "32"] = prefix.split("/");
  const size = 2 ** (32 - Number(length));
  return Math.floor(number(network) / size) === Math.floor(number(address) / size);
}

/** Ends that between them meet every sort of condition that a spoke's rules have. */
export function endsOf(context: RuleContext): End[] {
  const at = (prefix: string, offset: number) => text(number(prefix.split("/")[0] ?? "") + offset);
  const tiers = context.tiers.flatMap((tier): End[] => [
    { address: at(tier.addressPrefix, 7), group: tier.applicationSecurityGroupId, subnet: tier.name, kind: "machine" },
    { address: at(tier.addressPrefix, 8), group: null, subnet: tier.name, kind: "machine" },
    ...(tier.loadBalancerAddress === null
      ? []
      : [{ address: tier.loadBalancerAddress, group: null, subnet: tier.name, kind: "balancer" } as const]),
  ]);
  const outside = (address: string, kind: End["kind"]): End => ({ address, group: null, subnet: null, kind });
  return [
    ...tiers,
    { address: at(context.gateway.addressPrefix, 6), group: null, subnet: "gateway", kind: "gateway" },
    ...context.managementAccess.map(({ from }) => outside(at(from, 1), "internal")),
    ...context.dnsServers.map((server) => outside(server, "internal")),
    outside("10.255.255.9", "internal"),
    outside("168.63.129.16", "probe"),
    outside("203.0.113.9", "internet"),
    outside("40.119.6.228", "internet"),
    outside("203.0.113.9", "manager"),
  ];
}

/** Whether the rules of one NSG let the packet pass; null where that hangs on what a service tag holds. */
export function passesGroup(
  rules: readonly SecurityRuleBody[],
  direction: "Inbound" | "Outbound",
  { from, to, protocol, port, sourcePort = 50000 }: SpokePacket,
): boolean | null {
  const ordered = rules.filter((rule) => rule.direction === direction).sort((a, b) => a.priority - b.priority);
  for (const rule of ordered) {
    if (rule.protocol !== "*" && rule.protocol !== protocol) continue;
    if (!rule.sourcePortRanges.some((range) => portIn(range, sourcePort))) continue;
    if (!rule.destinationPortRanges.some((range) => portIn(range, port))) continue;
    const sides = [
      sideMeets(rule.sourceAddressPrefixes, rule.sourceApplicationSecurityGroupIds, from),
      sideMeets(rule.destinationAddressPrefixes, rule.destinationApplicationSecurityGroupIds, to),
    ];
    if (sides.includes(false)) continue;
    return sides.includes(null) ? null : rule.access === "Allow";
  }
  return null;
}

function sideMeets(prefixes: readonly string[], groups: readonly string[], end: End): boolean | null {
  if (end.group !== null && groups.includes(end.group)) return true;
  const answers = prefixes.map((prefix) => {
    if (prefix === "*") return true;
    if (prefix === "AzureLoadBalancer") return end.kind === "probe";
    if (prefix === "GatewayManager") return end.kind === "manager";
    if (prefix === "Internet") return end.kind === "internet" || end.kind === "manager" ? null : false;
    if (prefix === "VirtualNetwork") return end.subnet !== null ? true : null;
    return inPrefix(prefix, end.address);
  });
  return answers.includes(true) ? true : answers.includes(null) ? null : false;
}

function portIn(range: string, port: number): boolean {
  if (range === "*") return true;
  const [first, last = first] = range.split("-").map(Number);
  return (first as number) <= port && port <= (last as number);
}
