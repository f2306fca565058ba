import { meansSame } from "../compare/compare.ts";
import { anyAddress, parseAddressSet } from "../meaning/address-set.ts";
import { defaultRules } from "../meaning/default-rules.ts";
import { type Direction, directions, type MeaningRule, type SecurityGroupMeaning } from "../meaning/meaning-rule.ts";
import { anyPort } from "../meaning/port-set.ts";
import { INTERNET } from "../meaning/service-tags.ts";
import type { Place, RuleFinding } from "./rule-finding.ts";

const tag = (name: string) => parseAddressSet([name], [], name);

/** What the platform needs, or what a closed NSG says, and no rule of the group does. */
export function missingRules(group: SecurityGroupMeaning, place: Place): RuleFinding[] {
  const findings = directions.flatMap((direction) => closing(group[direction], direction, place));
  if (place.gateway) findings.push(...gatewayNeeds(group));
  if (place.loadBalanced && passesNothing(group.Inbound, probe)) {
    findings.push(
      missing("probe-denied", "high", "Inbound", {
        message: "No health probe of a load balancer passes: its machines count as dead (trap 5).",
        remedy: "Allow AzureLoadBalancer to the probe's port, before the closing rule.",
      }),
    );
  }
  return findings;
}

/** Inbound, and outbound of all but gateways, should end in a rule of its own and not in the defaults. */
function closing(rules: readonly MeaningRule[], direction: Direction, { gateway }: Place): RuleFinding[] {
  if (gateway && direction === "Outbound") return [];
  const [vnet, second, last] = defaultRules[direction] as [MeaningRule, MeaningRule, MeaningRule];
  const custom = rules.filter((rule) => rule.priority < vnet.priority);
  if (meansSame([...custom, vnet, second, last], [...custom, last])) return [];
  return [
    missing("not-closed", "medium", direction, {
      message: `The default rules decide: ${vnet.name} and ${second.name} let packets pass that no rule names.`,
      remedy: `End with DenyAll${direction} at 4096.`,
    }),
  ];
}

const probe = condition("Inbound", { source: tag("AzureLoadBalancer") });
const gatewayManager = condition("Inbound", {
  source: tag("GatewayManager"),
  protocol: 0,
  destinationPorts: [65200, 65535],
});
const toInternet = condition("Outbound", { destination: { intervals: [], symbols: [INTERNET] } });

/** Traps 15 and 16 (Microsoft Learn, "Application Gateway infrastructure configuration", network security groups). */
function gatewayNeeds(group: SecurityGroupMeaning): RuleFinding[] {
  const needs = [
    { need: gatewayManager, code: "gateway-manager-denied", what: "GatewayManager to Any on Tcp 65200-65535" },
    { need: probe, code: "gateway-probe-denied", what: "AzureLoadBalancer to Any" },
    { need: toInternet, code: "gateway-outbound-denied", what: "Any to the Internet" },
  ];
  return needs
    .filter(({ need }) => !passesWhole(group[need.direction], need))
    .map(({ need, code, what }) =>
      missing(code, "critical", need.direction, {
        message: `Azure refuses an Application Gateway v2 whose subnet does not allow ${what}.`,
        remedy: `Allow ${what} before the rules that deny it.`,
      }),
    );
}

/** An allow put first changes nothing where all of it passes already, and a deny where nothing of it does. */
function passesWhole(rules: readonly MeaningRule[], part: MeaningRule): boolean {
  return meansSame(rules, [{ ...part, access: "Allow" }, ...rules]);
}

function passesNothing(rules: readonly MeaningRule[], part: MeaningRule): boolean {
  return meansSame(rules, [{ ...part, access: "Deny" }, ...rules]);
}

function condition(direction: Direction, fields: Partial<MeaningRule>): MeaningRule {
  return {
    name: "condition",
    priority: 0,
    direction,
    access: "Allow",
    protocol: null,
    source: anyAddress,
    sourcePorts: anyPort,
    destination: anyAddress,
    destinationPorts: anyPort,
    ...fields,
  };
}

function missing(
  code: string,
  severity: RuleFinding["severity"],
  direction: Direction,
  texts: Pick<RuleFinding, "message" | "remedy">,
): RuleFinding {
  return { code, severity, direction, rule: null, priority: null, ...texts };
}
