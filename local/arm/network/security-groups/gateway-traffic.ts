import type { World } from "../../world.ts";
import { networkTypes } from "../back-references.ts";
import { badRequest } from "../refusals.ts";
import { defaultSecurityRules } from "./default-security-rules.ts";
import { parsePortRange } from "./port-range.ts";
import type { NamedRule } from "./rule-set.ts";

type Ports = readonly { readonly first: number; readonly last: number }[];
/** Traffic that must pass: its ports, the sources (or destinations) that contain it, and those that may touch it. */
type Demand = {
  readonly direction: "Inbound" | "Outbound";
  readonly peer: "source" | "destination";
  readonly covers: readonly string[];
  readonly touches: readonly string[];
  readonly ports: Ports;
};

const ANYWHERE = ["*", "0.0.0.0/0"];
const ALL_PORTS: Ports = [{ first: 0, last: 65535 }];
/** "Application Gateway infrastructure configuration", section "Network security groups". */
const MANAGEMENT: Demand = {
  direction: "Inbound",
  peer: "source",
  covers: [...ANYWHERE, "internet", "gatewaymanager"],
  touches: [...ANYWHERE, "internet", "gatewaymanager", "azurecloud"],
  ports: [{ first: 65200, last: 65535 }],
};
const PROBES: Demand = {
  direction: "Inbound",
  peer: "source",
  covers: [...ANYWHERE, "azureloadbalancer"],
  touches: [...ANYWHERE, "azureloadbalancer"],
  ports: ALL_PORTS,
};
const OUTBOUND: Demand = {
  direction: "Outbound",
  peer: "destination",
  covers: [...ANYWHERE, "internet"],
  touches: [...ANYWHERE, "internet", "azurecloud"],
  ports: ALL_PORTS,
};

/**
 * What a v2 Application Gateway needs and the custom rules (with the default rules below them) do not let through.
 * @returns `undefined` where nothing is blocked
 */
export function blockedGatewayTraffic(rules: readonly NamedRule[]): "Inbound" | "Outbound" | undefined {
  if (isBlocked(MANAGEMENT, rules) || isBlocked(PROBES, rules)) return "Inbound";
  return isBlocked(OUTBOUND, rules) ? "Outbound" : undefined;
}

function isBlocked(demand: Demand, custom: readonly NamedRule[]): boolean {
  const rules = [...custom, ...defaultSecurityRules].filter((rule) => rule.properties.direction === demand.direction);
  rules.sort((a, b) => Number(a.properties.priority) - Number(b.properties.priority));
  let open: Ports = demand.ports;
  for (const { properties: rule } of rules) {
    if (rule.protocol !== "*" && rule.protocol !== "Tcp") continue;
    const peers = addresses(rule, demand.peer);
    const others = addresses(rule, demand.peer === "source" ? "destination" : "source");
    const ports = portsOf(rule);
    if (rule.access === "Deny" && peers.some((peer) => demand.touches.includes(peer)) && overlaps(open, ports))
      return true;
    const whole = others.some((other) => ANYWHERE.includes(other)) && rule.sourcePortRange === "*";
    if (rule.access === "Allow" && whole && peers.some((peer) => demand.covers.includes(peer)))
      open = without(open, ports);
    if (open.length === 0) return false;
  }
  return true;
}

function addresses(rule: NamedRule["properties"], side: "source" | "destination"): string[] {
  const single = rule[`${side}AddressPrefix`];
  const many = (rule[`${side}AddressPrefixes`] as string[] | undefined) ?? [];
  return (typeof single === "string" ? [single, ...many] : many).map((prefix) => prefix.toLowerCase());
}

function portsOf(rule: NamedRule["properties"]): Ports {
  const single = rule.destinationPortRange;
  const many = (rule.destinationPortRanges as string[] | undefined) ?? [];
  return (typeof single === "string" ? [single] : many).flatMap((range) => parsePortRange(range) ?? []);
}

function overlaps(a: Ports, b: Ports): boolean {
  return a.some((x) => b.some((y) => x.first <= y.last && y.first <= x.last));
}

function without(open: Ports, taken: Ports): Ports {
  return taken.reduce<Ports>(
    (left, { first, last }) =>
      left.flatMap((range) =>
        [
          { first: range.first, last: Math.min(range.last, first - 1) },
          { first: Math.max(range.first, last + 1), last: range.last },
        ].filter((part) => part.first <= part.last),
      ),
    open,
  );
}

/** Whether a v2 Application Gateway stands in the subnet. */
export function hasGatewayOfVersion2(world: World, subnetId: string): boolean {
  return world.referencesTo(subnetId, networkTypes.applicationGateway).some((gateway) => {
    const sku = (gateway.body.properties.sku ?? gateway.body.sku) as { tier?: unknown } | undefined;
    return String(sku?.tier).toLowerCase().endsWith("_v2");
  });
}

/**
 * Refuses rules that cut a v2 Application Gateway off: on a change of the group or of one rule, on association with the
 * gateway's subnet, and when the gateway is made. The destination of the inbound rules must be Any.
 * @throws ArmError `ApplicationGatewaySubnetInboundTrafficBlockedByNetworkSecurityGroup` or its outbound variant
 */
export function requireGatewayTraffic(groupId: string, subnetId: string, rules: readonly NamedRule[]): void {
  const blocked = blockedGatewayTraffic(rules);
  if (!blocked) return;
  const what =
    blocked === "Inbound" ? "incoming internet traffic on ports 65200 - 65535 to" : "outgoing internet traffic from";
  throw badRequest(
    `ApplicationGatewaySubnet${blocked}TrafficBlockedByNetworkSecurityGroup`,
    `Network security group ${groupId} blocks ${what} subnet ${subnetId}, associated with Application Gateway. This is not permitted for Application Gateways that have V2 Sku.`,
  );
}
