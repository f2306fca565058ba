import { RefusedError } from "../../domain/errors.ts";
import type { ChangeMeaning } from "../../domain/network-change.ts";
import type { ResourceBodies, SecurityRuleBody } from "../../domain/resource.ts";
import type { Flow } from "../../rules/difference/flow.ts";
import { ANYWHERE, type NamedAddresses } from "../../rules/difference/name-addresses.ts";
import { type SemanticDifference, semanticDifference } from "../../rules/difference/semantic-difference.ts";
import { gatewaySubnet } from "../../rules/intent/intent-of.ts";
import { anyAddress, LAST_ADDRESS } from "../../rules/meaning/address-set.ts";
import { complementOfIntervals, type IntervalSet } from "../../rules/meaning/interval-set.ts";
import type { Direction, MeaningRule, SecurityGroupMeaning } from "../../rules/meaning/meaning-rule.ts";
import { parseSecurityGroup } from "../../rules/meaning/parse-security-group.ts";
import { anyPort } from "../../rules/meaning/port-set.ts";
import { type Reading, usualReading } from "../../rules/meaning/reading.ts";
import { INTERNET, VIRTUAL_NETWORK } from "../../rules/meaning/service-tags.ts";
import type { RuleContext } from "../../rules/rule-context.ts";
import { prefixesAsIntervals, symbolOfGroup } from "../../rules/spoke-proof/place.ts";

type Body = ResourceBodies["Microsoft.Network/networkSecurityGroups"];

export interface SecurityGroupMeaningOfChange {
  readonly meanings: readonly ChangeMeaning[];
  readonly difference: SemanticDifference;
}

/**
 * What other rules than desired mean for the subnet that the NSG is of (a tier's name, or `gateway`), over all packets.
 * Rules that cannot be read mean the worst.
 */
export function securityGroupChange(
  context: RuleContext,
  subnet: string,
  before: Body,
  after: Body,
): SecurityGroupMeaningOfChange {
  const baseline = lostBaseline(before.securityRules, after.securityRules);
  try {
    const own = prefixesAsIntervals([prefixOf(context, subnet)]);
    const [first, second] = [before, after].map((body) => atSubnet(groupOf(body), own)) as [
      SecurityGroupMeaning,
      SecurityGroupMeaning,
    ];
    const differences = readingsOf(context).map((reading) => {
      return semanticDifference(first, second, namesOf(context), reading);
    });
    const difference = { gained: once(differences, "gained"), lost: once(differences, "lost") };
    return { meanings: [...baseline, ...meaningsOf(subnet, difference)], difference };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const message = `What it lets pass is not known: ${error.failure.message}`;
    const unknown: ChangeMeaning = { code: "MeaningUnknown", severity: "critical", message };
    return { meanings: [...baseline, unknown], difference: { gained: [], lost: [] } };
  }
}

const groupOf = ({ securityRules }: Body) => parseSecurityGroup(securityRules);

function prefixOf({ tiers, gateway }: RuleContext, subnet: string): string {
  return tiers.find(({ name }) => name === subnet)?.addressPrefix ?? gateway.addressPrefix;
}

/** An NSG decides on packets to and from its own subnet alone: whatever its rules say of others makes no difference. */
function atSubnet(group: SecurityGroupMeaning, own: IntervalSet): SecurityGroupMeaning {
  const elsewhere = { intervals: complementOfIntervals(own, LAST_ADDRESS), symbols: [] };
  const guard = (direction: Direction): MeaningRule => ({
    name: "(another subnet)",
    priority: 0,
    direction,
    access: "Deny",
    protocol: null,
    source: direction === "Outbound" ? elsewhere : anyAddress,
    sourcePorts: anyPort,
    destination: direction === "Inbound" ? elsewhere : anyAddress,
    destinationPorts: anyPort,
  });
  return {
    ...group,
    Inbound: [guard("Inbound"), ...group.Inbound],
    Outbound: [guard("Outbound"), ...group.Outbound],
  };
}

function meaningsOf(subnet: string, { gained, lost }: SemanticDifference): ChangeMeaning[] {
  const found: ChangeMeaning[] = [];
  const say = (flows: readonly Flow[], code: string, severity: ChangeMeaning["severity"], words: string) => {
    const [first] = flows;
    if (first === undefined) return;
    const more = flows.length > 1 ? ` and ${flows.length - 1} more` : "";
    found.push({ code, severity, message: `${words}: ${first.text}${more}` });
  };
  const inbound = gained.filter(({ direction }) => direction === "Inbound");
  const outbound = gained.filter(({ direction }) => direction === "Outbound");
  const own = subnet === gatewaySubnet ? gatewaySubnet : `tier ${subnet}`;
  const internet = inbound.filter(({ isPublic }) => isPublic);
  const tiers = inbound.filter(({ source }) => source.some((from) => holdsOtherTier(from, own)));
  const rest = inbound.filter((flow) => !internet.includes(flow) && !tiers.includes(flow));
  say(internet, "ReachableFromInternet", "critical", "Newly reachable from the Internet");
  say(tiers, "ReachableAcrossTiers", "critical", "Newly reachable across tiers");
  say(rest, "MoreReachable", "high", "Newly reachable");
  say(
    outbound.filter(({ isPublic }) => isPublic),
    "ReachesInternet",
    "high",
    "Newly lets out to the Internet",
  );
  say(
    outbound.filter(({ isPublic }) => !isPublic),
    "ReachesMore",
    "high",
    "Newly lets out",
  );
  say(lost, "FlowsStopped", "medium", "No longer passes");
  return found;
}

/** What any of the readings tells, each flow once, the most dangerous first. */
function once(differences: readonly SemanticDifference[], side: keyof SemanticDifference): Flow[] {
  const byText = new Map(
    differences.flatMap((one) => one[side]).map((flow) => [`${flow.direction} ${flow.text}`, flow]),
  );
  return [...byText.values()].sort((x, y) => y.danger - x.danger || (x.text < y.text ? -1 : 1));
}

function holdsOtherTier(name: string, own: string): boolean {
  if (name.startsWith(ANYWHERE)) return true;
  const isTier = name.startsWith("tier ") || name.startsWith(gatewaySubnet);
  return isTier && name !== own && !name.startsWith(`${own} (`);
}

/** The deny-all rules are what everything else rests on, so their loss is told even where other rules still deny. */
function lostBaseline(before: readonly SecurityRuleBody[], after: readonly SecurityRuleBody[]): ChangeMeaning[] {
  return before.filter(isDenyAll).flatMap(({ name, direction }): ChangeMeaning[] => {
    if (after.some((rule) => isDenyAll(rule) && rule.direction === direction)) return [];
    const message = `${name} no longer denies everything ${direction.toLowerCase()} that no other rule decides.`;
    return [{ code: "DenyAllGone", severity: "critical", message }];
  });
}

function isDenyAll(rule: SecurityRuleBody): boolean {
  const any = [
    rule.sourceAddressPrefixes,
    rule.sourcePortRanges,
    rule.destinationAddressPrefixes,
    rule.destinationPortRanges,
  ];
  return rule.access === "Deny" && rule.protocol === "*" && any.every((list) => list.length === 1 && list[0] === "*");
}

function namesOf({ tiers, gateway }: RuleContext): NamedAddresses[] {
  return [
    ...tiers.map(({ name, addressPrefix }) => ({ name: `tier ${name}`, prefixes: [addressPrefix] })),
    { name: gatewaySubnet, prefixes: [gateway.addressPrefix] },
  ];
}

/**
 * Members of an ASG stand in their tier's subnet. The network's own tag is private space; behind a default route to an
 * appliance it covers every address as well (trap 6), so that both readings are judged.
 */
function readingsOf({ tiers, behindFirewall }: RuleContext): Reading[] {
  const groups = tiers.map(({ applicationSecurityGroupId, addressPrefix }) => {
    return [symbolOfGroup(applicationSecurityGroupId), prefixesAsIntervals([addressPrefix])] as const;
  });
  const everywhere = [
    [VIRTUAL_NETWORK, [0, LAST_ADDRESS]],
    [INTERNET, []],
  ] as const;
  const usual = new Map([...usualReading, ...groups]);
  return behindFirewall ? [usual, new Map([...everywhere, ...groups])] : [usual];
}
